import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { CivilDate } from '../../domain/dates';
import type { AccountStatus, AgreementStatus } from '../../domain/states';
import type { Row } from './files';

/** What the rows speak of, out of the database (no row) or new out of a file. Ids are chosen when a thing is made. */

export interface ServiceThing {
  code: string;
  metered: boolean;
  unit: string | null;
}

export interface RateThing {
  id: number;
  code: string;
  service: string;
  name: string;
  isDefault: boolean;
  isNew: boolean;
  versions: RateVersion[];
  /** The days from which drafts of somebody's wait to be published. */
  drafts: CivilDate[];
}

export interface PlaceThing {
  id: number;
}

export interface PointThing {
  id: number;
  service: string;
  installations: InstallationThing[];
  agreements: AgreementThing[];
}

export interface MeterThing {
  id: number;
  serial: string;
  dials: number;
  multiplier: string;
  unit: string;
  rows: Row<'meters'>[];
  installations: InstallationThing[];
  reads: ReadThing[];
}

/** A meter's time at a point; removedOn is null while it is there. */
export interface InstallationThing {
  meter: MeterThing;
  /** Null for one of the database at a point that no row speaks of. */
  point: PointThing | null;
  installedOn: CivilDate;
  removedOn: CivilDate | null;
  row: Row<'meters'> | null;
}

export interface ReadThing {
  id: number;
  meter: MeterThing;
  readOn: CivilDate;
  value: string;
  rollover: boolean;
  row: Row<'reads'> | null;
}

export interface CustomerThing {
  id: number;
}

export interface AccountThing {
  id: number;
  number: string;
  status: AccountStatus;
  hasOpening: boolean;
  row: Row<'accounts'> | null;
  agreements: AgreementThing[];
}

export interface AgreementThing {
  id: number;
  account: AccountThing | null;
  point: PointThing;
  startOn: CivilDate;
  endOn: CivilDate | null;
  status: AgreementStatus;
  row: Row<'agreements'> | null;
  rate: RateThing | null;
  startRead: ReadThing | null;
  stopRead: ReadThing | null;
  billedRead: ReadThing | null;
}

/** The key of a service point in every map and index. */
export const pointKey = (locationNumber: string, service: string, position: number | string): string =>
  `${locationNumber} ${service} ${position}`;
