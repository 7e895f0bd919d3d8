import type { Refusal } from '../../refusal';
import { problem } from '../problem';
import { ownQuantity } from './charges';
import type { RateVersion } from './rate-version';

/** A service as far as its usage can be measured. */
export interface MeasuredService {
  code: string;
  metered: boolean;
  unit: string | null;
}

/**
 * Every reason why a version cannot price the usage of its service: tiers need a meter, or another service whose usage
 * they follow, in the unit that the version measures in (domain.md rules 2, 12 and 22).
 */
export function refuseUnit(
  { charges, measuring, unit }: RateVersion,
  service: MeasuredService,
  services: readonly MeasuredService[],
): Refusal[] {
  const followed = charges.flatMap((charge, i) =>
    charge.kind === 'SHARE_OF_USAGE' ? [{ code: charge.ofService, pointer: `/charges/${i}/ofService` }] : [],
  );
  const unknown = followed.map(({ code, pointer }) =>
    problem(
      services.some((each) => each.code === code),
      'SERVICE_UNKNOWN',
      `There is no service ${code}`,
      pointer,
    ),
  );
  const hasTiers = charges.some((charge) => charge.kind === 'TIERS' && ownQuantity(charge) === undefined);
  if (!hasTiers) return unknown.filter((refusal) => refusal !== null);
  const isOwn = followed.length === 0;
  const sources = isOwn ? [service] : services.filter(({ code }) => followed.some((each) => each.code === code));
  const measuredIn = measuring?.meterUnit ?? unit;
  const pointer = measuring ? '/measuring/meterUnit' : '/unit';
  const unmeasured = sources.map(({ code, metered, unit: ofService }) =>
    metered
      ? problem(
          ofService === measuredIn,
          'RATE_UNIT',
          `${code} is measured in ${ofService ?? 'no unit'}, the version in ${measuredIn ?? 'no unit'}`,
          pointer,
        )
      : problem(false, 'RATE_NEEDS_METER', `The version has tiers of usage, but ${code} has no meters`, '/charges'),
  );
  return [...unknown, ...unmeasured].filter((refusal) => refusal !== null);
}
