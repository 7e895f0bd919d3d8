import { api } from '../api/client';

/** The office's date (YYYY-MM-DD): of training and demo systems another than the calendar's. */
export function useToday(): string {
  return api.useSuspenseQuery('get', '/clock', {}, { staleTime: 60_000 }).data.today;
}

/** The office's time in milliseconds, to compare instants of the API with. */
export function useOfficeNow(): number {
  const { data, dataUpdatedAt } = api.useSuspenseQuery('get', '/clock', {}, { staleTime: 60_000 });
  return Date.parse(data.now) + (Date.now() - dataUpdatedAt);
}
