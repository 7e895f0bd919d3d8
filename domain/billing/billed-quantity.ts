import { mul, parseRational, sum, toDecimalString, type Rational } from '../rational';
import type { Step } from '../step';
import type { FinalBillService } from './final-bill';
import type { RateVersion } from './rate-version';
import { usageOf } from './usage';

/** A quantity of the whole period in billing units, before it is spread over the parts, with its working. */
export interface Quantity {
  total: Rational;
  steps: Step[];
}

/**
 * The quantity of the whole period: the service's own usage, or a share of another's final usage (domain.md rules 2 and
 * 12); null for neither.
 */
export function quantityOf(
  service: FinalBillService,
  { charges }: RateVersion,
  services: FinalBillService[],
): Quantity | null {
  const follows = charges.find((charge) => charge.kind === 'SHARE_OF_USAGE');
  if (!follows) return service.metered ? measured([service]) : null;
  const source = measured(services.filter(({ serviceType }) => serviceType === follows.ofService));
  const total = mul(source.total, parseRational(follows.share));
  const values = {
    ofService: follows.ofService,
    usage: decimal(source.total),
    share: follows.share,
    quantity: decimal(total),
  };
  return {
    total,
    steps: [...source.steps, { rule: 'rule 12', text: `A share of the final usage of ${follows.ofService}`, values }],
  };
}

function measured(services: FinalBillService[]): Quantity {
  const usages = services.map(({ segments }) => usageOf(segments));
  return { total: sum(usages.map(({ usage }) => parseRational(usage))), steps: usages.flatMap(({ steps }) => steps) };
}

const decimal = (value: Rational): string => toDecimalString(value, 10);
