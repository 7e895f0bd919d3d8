/** The services of the town, in the order in which money pays for them. */
export const SERVICES = [
  { code: 'WATER', name: 'Water', metered: true, unit: 'gal', priority: 1, deposit: 10_000 },
  { code: 'SEWER', name: 'Sewer', metered: false, unit: 'gal', priority: 2, deposit: 0 },
  { code: 'ELECTRIC', name: 'Electric', metered: true, unit: 'kWh', priority: 3, deposit: 15_000 },
  { code: 'REFUSE', name: 'Refuse', metered: false, unit: null, priority: 4, deposit: 0 },
] as const;

export type ServiceCode = (typeof SERVICES)[number]['code'];
export type Metered = 'WATER' | 'ELECTRIC';
export const ALL: readonly ServiceCode[] = SERVICES.map(({ code }) => code);
