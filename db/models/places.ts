import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate, MonthDay } from '../../domain/dates';
import type { ContactKind, LandlordDecision, MeterStatus, ReadSource } from '../../domain/states';
import {
  cents,
  date,
  decimal,
  flag,
  id,
  instant,
  int,
  json,
  key,
  longText,
  optional,
  ref,
  text,
  withDefault,
} from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** Who is responsible for a bill: a person or an organization, one row however many places they hold. */
export interface Customer extends Row<Customer> {
  id: CreationOptional<number>;
  customerNumber: string;
  kind: 'PERSON' | 'ORGANIZATION';
  firstName: string | null;
  lastName: string | null;
  organizationName: string | null;
  displayName: string;
  namePrefix: CreationOptional<string | null>;
  middleName: CreationOptional<string | null>;
  nameSuffix: CreationOptional<string | null>;
  typeCode: CreationOptional<string | null>;
  mailLine1: string | null;
  mailLine2: string | null;
  mailCity: string | null;
  mailState: string | null;
  mailPostalCode: string | null;
  altLine1: CreationOptional<string | null>;
  altLine2: CreationOptional<string | null>;
  altCity: CreationOptional<string | null>;
  altState: CreationOptional<string | null>;
  altPostalCode: CreationOptional<string | null>;
  /** First and last day of the season in which mail goes to the alternate address, 'MM-DD'. */
  altSeasonStart: CreationOptional<MonthDay | null>;
  altSeasonEnd: CreationOptional<MonthDay | null>;
  createdAt: Date;
  version: CreationOptional<number>;
}

/** A kind of customer, kept by the office (domain.md row S4). */
export interface CustomerType extends Row<CustomerType> {
  code: string;
  name: string;
  createdAt: Date;
}

/** A telephone number or an e-mail address of a customer (domain.md row S5). */
export interface CustomerContact extends Row<CustomerContact> {
  customerId: number;
  position: number;
  kind: ContactKind;
  value: string;
  purpose: string | null;
}

/** The address served. */
export interface Location extends Row<Location> {
  id: CreationOptional<number>;
  locationNumber: string;
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
  createdAt: Date;
  version: CreationOptional<number>;
}

export interface Service extends Row<Service> {
  code: string;
  name: string;
  metered: boolean;
  unit: string | null;
  priority: number;
  /** A new service address gets this service (domain.md row S7). */
  onNewLocation: CreationOptional<boolean>;
  /** What a tenant is asked for as a deposit, in cents; 0 asks for none. */
  defaultDepositCents: CreationOptional<number>;
}

export interface Rate extends Row<Rate> {
  id: CreationOptional<number>;
  code: string;
  serviceCode: string;
  name: string;
  /** The rate that a new agreement of the service gets; at most one per service. */
  isDefault: CreationOptional<boolean>;
}

/** One published version of a rate; `definition` is the JSON of domain/billing/rate-version. */
export interface RateVersionRow extends Row<RateVersionRow> {
  id: CreationOptional<number>;
  rateId: number;
  effectiveFrom: CivilDate;
  definition: string;
  definitionHash: string;
  publishedAt: Date;
}

/** Where one service is delivered or metered at a location. */
export interface ServicePoint extends Row<ServicePoint> {
  id: CreationOptional<number>;
  locationId: number;
  serviceCode: string;
  /** From 1: a location may have several points of one service. */
  position: CreationOptional<number>;
}

export interface Meter extends Row<Meter> {
  id: CreationOptional<number>;
  serial: string;
  dials: number;
  multiplier: CreationOptional<string>;
  unit: string;
  servicePointId: number | null;
  status: MeterStatus;
}

/** One read of a meter; a corrected read stays and names the read that supersedes it. */
export interface MeterRead extends Row<MeterRead> {
  id: CreationOptional<number>;
  meterId: number;
  readOn: CivilDate;
  value: string;
  source: ReadSource;
  rollover: CreationOptional<boolean>;
  serviceOrderId: number | null;
  caseId: string | null;
  supersededById: number | null;
  recordedBy: number;
  createdAt: Date;
}

/** A meter's time at a service point, with its reads at both ends where they are known (domain.md rule 2). */
export interface MeterInstallation extends Row<MeterInstallation> {
  id: CreationOptional<number>;
  meterId: number;
  servicePointId: number;
  installedOn: CivilDate;
  removedOn: CivilDate | null;
  installReadId: number | null;
  removalReadId: number | null;
}

/** Who takes a location's services back when a tenant leaves. */
export interface LandlordAgreement extends Row<LandlordAgreement> {
  id: CreationOptional<number>;
  customerId: number;
  locationId: number;
  startOn: CivilDate;
  endOn: CivilDate | null;
  version: CreationOptional<number>;
}

export interface LandlordAgreementLine extends Row<LandlordAgreementLine> {
  landlordAgreementId: number;
  serviceCode: string;
  decision: LandlordDecision;
  rateId: number;
  seasonStart: string | null;
  seasonEnd: string | null;
  stopReasonsExcluded: string[];
}

/** The tables of customers, places, meters and prices. */
export function definePlaces(s: Sequelize) {
  return {
    Customer: s.define<Customer>(
      'customer',
      {
        id: id(),
        customerNumber: text(20),
        kind: text(16),
        firstName: optional(text(80)),
        lastName: optional(text(80)),
        organizationName: optional(text(160)),
        displayName: text(160),
        namePrefix: optional(text(20)),
        middleName: optional(text(80)),
        nameSuffix: optional(text(20)),
        typeCode: optional(text(24)),
        mailLine1: optional(text(120)),
        mailLine2: optional(text(120)),
        mailCity: optional(text(80)),
        mailState: optional(text(40)),
        mailPostalCode: optional(text(16)),
        altLine1: optional(text(120)),
        altLine2: optional(text(120)),
        altCity: optional(text(80)),
        altState: optional(text(40)),
        altPostalCode: optional(text(16)),
        altSeasonStart: optional(text(5)),
        altSeasonEnd: optional(text(5)),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    CustomerType: s.define<CustomerType>('customer_type', { code: key(24), name: text(60), createdAt: instant() }),
    CustomerContact: s.define<CustomerContact>('customer_contact', {
      customerId: { ...ref(), primaryKey: true },
      position: { ...int(), primaryKey: true },
      kind: text(8),
      value: text(254),
      purpose: optional(text(24)),
    }),
    Location: s.define<Location>(
      'location',
      {
        id: id(),
        locationNumber: text(20),
        line1: text(120),
        line2: optional(text(120)),
        city: text(80),
        state: text(40),
        postalCode: text(16),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    Service: s.define<Service>('service', {
      code: key(16),
      name: text(60),
      metered: flag(),
      unit: optional(text(16)),
      priority: int(),
      onNewLocation: withDefault(flag(), false),
      defaultDepositCents: withDefault(cents(), 0),
    }),
    Rate: s.define<Rate>('rate', {
      id: id(),
      code: text(24),
      serviceCode: text(16),
      name: text(80),
      isDefault: withDefault(flag(), false),
    }),
    RateVersion: s.define<RateVersionRow>('rate_version', {
      id: id(),
      rateId: ref(),
      effectiveFrom: date(),
      definition: longText(),
      definitionHash: text(64),
      publishedAt: instant(),
    }),
    ServicePoint: s.define<ServicePoint>('service_point', {
      id: id(),
      locationId: ref(),
      serviceCode: text(16),
      position: withDefault(int(), 1),
    }),
    Meter: s.define<Meter>('meter', {
      id: id(),
      serial: text(32),
      dials: int(),
      multiplier: withDefault(decimal(12, 6), '1'),
      unit: text(16),
      servicePointId: optional(ref()),
      status: text(16),
    }),
    MeterRead: s.define<MeterRead>('meter_read', {
      id: id(),
      meterId: ref(),
      readOn: date(),
      value: decimal(14, 3),
      source: text(20),
      rollover: withDefault(flag(), false),
      serviceOrderId: optional(ref()),
      caseId: optional(text(48)),
      supersededById: optional(ref()),
      recordedBy: ref(),
      createdAt: instant(),
    }),
    MeterInstallation: s.define<MeterInstallation>('meter_installation', {
      id: id(),
      meterId: ref(),
      servicePointId: ref(),
      installedOn: date(),
      removedOn: optional(date()),
      installReadId: optional(ref()),
      removalReadId: optional(ref()),
    }),
    LandlordAgreement: s.define<LandlordAgreement>(
      'landlord_agreement',
      {
        id: id(),
        customerId: ref(),
        locationId: ref(),
        startOn: date(),
        endOn: optional(date()),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    LandlordAgreementLine: s.define<LandlordAgreementLine>('landlord_agreement_line', {
      landlordAgreementId: { ...ref(), primaryKey: true },
      serviceCode: key(16),
      decision: text(8),
      rateId: ref(),
      seasonStart: optional(text(5)),
      seasonEnd: optional(text(5)),
      stopReasonsExcluded: json(),
    }),
  };
}
