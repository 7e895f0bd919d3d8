import { api, type Schema } from '../api/client';
import { isAt, type AtPoint, type ServiceLine } from './content';
import { useDesk } from './desk';

/** The services that the office has. */
export function useServiceList(): Schema<'Service'>[] {
  return api.useSuspenseQuery('get', '/services', { params: { query: { limit: 100 } } }, { staleTime: 60_000 }).data
    .data;
}

/** What a point of a service is called: its service, and which one where there are several. */
export function useNameOf(): (at: AtPoint) => string {
  const services = useServiceList();
  return ({ serviceCode, position }) => {
    const name = services.find(({ code }) => code === serviceCode)?.name ?? serviceCode;
    return position > 1 ? `${name} ${position}` : name;
  };
}

/** A service that can be ticked, and why it is offered. */
export interface Offered {
  line: ServiceLine;
  why: string;
}

/** What is not in the form and can be: what others have at the place, and the services that the office has. */
export function useOffered(): Offered[] {
  const { content, computed } = useDesk();
  const services = useServiceList();
  const asks = (computed?.copied?.asks ?? []).map(({ accountNumber, customerName, ...line }) => ({
    line: { ...line, connectDate: null },
    why: `${customerName} had it here (account ${accountNumber})`,
  }));
  const classCode = 'existing' in content.location ? null : content.location.classCode;
  const rest = services.map(({ code, rates, classDefaults }) => ({
    line: {
      ...{ serviceCode: code, position: 1, quantity: '1', units: '1', frequency: 'MONTHLY', connectDate: null },
      rateCode:
        computed?.defaultServices.find(({ serviceCode }) => serviceCode === code)?.rateCode ??
        classDefaults.find((each) => each.classCode === classCode)?.rateCode ??
        rates.find(({ isDefault }) => isDefault)?.code ??
        '',
    },
    why: '',
  }));
  const all: Offered[] = [...asks, ...rest];
  return all.filter(
    ({ line }, i) =>
      !content.services.some((each) => isAt(each, line)) && all.findIndex((other) => isAt(other.line, line)) === i,
  );
}
