/** The tabs of the form, as the clerk knows them. */
export const TABS = [
  { value: 'customer', label: 'Customer' },
  { value: 'location', label: 'Location' },
  { value: 'services', label: 'Billing Services' },
  { value: 'deposits', label: 'Deposits' },
  { value: 'meters', label: 'Meters' },
  { value: 'orders', label: 'Service Orders' },
] as const;

/** The name of a tab in the address. */
export type Tab = (typeof TABS)[number]['value'];
