import { useQueries } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { api, client, sent } from '../api/client';

/** A customer with a place that they have or had: what can be copied from. */
export interface Found {
  customerNumber: string;
  customerName: string;
  locationNumber: string;
  address: string;
  role: string;
  status: string;
  since: string;
  until: string | null;
}

const LOOKED_AT = 6;
const AT_A_PLACE = 2;

/** Who can be copied from, by any part of a name, address, telephone or number; the places first that match by address. */
export function usePreviousCustomers(typed: string): { found: Found[]; isAsking: boolean; asked: string } {
  const [asked] = useDebouncedValue(typed.trim(), 200);
  const enabled = asked.length > 1;
  const query = { params: { query: { q: asked, limit: LOOKED_AT } } };
  const customers = api.useQuery('get', '/customers', query, { enabled });
  const places = api.useQuery('get', '/locations', query, { enabled });
  const ofCustomers = useQueries({
    queries: (enabled ? (customers.data?.data ?? []) : []).map(({ customerNumber }) => ({
      queryKey: ['set-up', 'customer', customerNumber],
      queryFn: () => accountsOf(customerNumber),
    })),
  });
  const atPlaces = useQueries({
    queries: (enabled ? (places.data?.data ?? []) : []).map(({ locationNumber, address }) => ({
      queryKey: ['set-up', 'location', locationNumber],
      queryFn: () => occupantsOf(locationNumber, address),
    })),
  });
  const all = [...atPlaces, ...ofCustomers].flatMap(({ data }) => data ?? []);
  const keys = new Set<string>();
  const found = all.filter((each) => {
    const key = keyOf(each);
    return !keys.has(key) && keys.add(key);
  });
  const isAsking =
    asked !== typed.trim() || [customers, places, ...ofCustomers, ...atPlaces].some(({ isFetching }) => isFetching);
  return { found, isAsking: isAsking && typed.trim().length > 1, asked };
}

/** What tells two of what was found apart. */
export const keyOf = ({ customerNumber, locationNumber }: Found): string => `${customerNumber}/${locationNumber}`;

async function accountsOf(customerNumber: string): Promise<Found[]> {
  const customer = await sent(client.GET('/customers/{customerNumber}', { params: { path: { customerNumber } } }));
  return customer.accounts
    .filter(({ status }) => status !== 'CANCELED')
    .sort((a, b) => b.startOn.localeCompare(a.startOn))
    .map(({ locationNumber, address, role, status, startOn, stopOn }) => ({
      ...{ customerNumber, customerName: customer.displayName, locationNumber, address, role, status },
      ...{ since: startOn, until: stopOn },
    }));
}

// A landlord between two tenants is nobody's home: the tenants are offered first.
async function occupantsOf(locationNumber: string, address: string): Promise<Found[]> {
  const place = await sent(client.GET('/locations/{locationNumber}', { params: { path: { locationNumber } } }));
  const agreements = place.servicePoints
    .flatMap((point) => point.agreements)
    .filter(({ status }) => status !== 'CANCELED');
  const latest = [...agreements].sort(
    (a, b) =>
      Number(a.accountRole === 'LANDLORD') - Number(b.accountRole === 'LANDLORD') || b.startOn.localeCompare(a.startOn),
  );
  const found = latest.map(({ customerNumber, customerName, accountRole, status, startOn, endOn }) => ({
    ...{ customerNumber, customerName, locationNumber, address, role: accountRole, status },
    ...{ since: startOn, until: endOn },
  }));
  return found
    .filter((each, i) => found.findIndex((other) => other.customerNumber === each.customerNumber) === i)
    .slice(0, AT_A_PLACE);
}
