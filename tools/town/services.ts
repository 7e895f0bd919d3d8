/** The services of the town, in the order in which money pays for them. */
export const SERVICES = [
  { code: 'WATER', name: 'Water', metered: true, unit: 'gal', priority: 1 },
  { code: 'SEWER', name: 'Sewer', metered: false, unit: 'gal', priority: 2 },
  { code: 'REFUSE', name: 'Refuse', metered: false, unit: null, priority: 3 },
] as const;

export type ServiceCode = (typeof SERVICES)[number]['code'];

export const SERVICE_CODES = SERVICES.map(({ code }) => code);

/** The id of each service's rate; it is also the place of the rate among RATES. */
export const RATE_ID: Record<ServiceCode, number> = { WATER: 1, SEWER: 2, REFUSE: 3 };
