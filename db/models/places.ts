import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { CivilDate, MonthDay } from '../../domain/dates';
import type { DepositKind } from '../../domain/deposits/propose';
import type { NoShutOff } from '../../domain/shut-off/refuse-shut-off';
import { searchNameOf } from '../../domain/names/search-name';
import type { AgreementEnd, NoticeBy } from '../../domain/landlord/landlord-terms';
import type { ContactKind, LandlordDecision, MeterStatus, ReadSource, SwitchState } from '../../domain/states';
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
  /** The second person of a couple; without a last name it is the first person's. */
  secondNamePrefix: CreationOptional<string | null>;
  secondFirstName: CreationOptional<string | null>;
  secondMiddleName: CreationOptional<string | null>;
  secondLastName: CreationOptional<string | null>;
  secondNameSuffix: CreationOptional<string | null>;
  /** What the name is searched by: filled by the model itself, so that no writer forgets it. */
  searchName: CreationOptional<string>;
  typeCode: CreationOptional<string | null>;
  /** The record that links the customers of one person or business (domain.md row S14). */
  masterContactId: CreationOptional<number | null>;
  mailLine1: string | null;
  mailLine2: string | null;
  mailCity: string | null;
  mailState: string | null;
  mailPostalCode: string | null;
  mailCountry: CreationOptional<string | null>;
  altLine1: CreationOptional<string | null>;
  altLine2: CreationOptional<string | null>;
  altCity: CreationOptional<string | null>;
  altState: CreationOptional<string | null>;
  altPostalCode: CreationOptional<string | null>;
  altCountry: CreationOptional<string | null>;
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
  /** What a customer of this type gets unless the form says otherwise. */
  rateClass: CreationOptional<string | null>;
  billCycle: CreationOptional<string | null>;
  /** How much of a service's deposit is asked for, in percent; 0 asks for none. */
  depositPercent: CreationOptional<number>;
  penaltyExempt: CreationOptional<boolean>;
  taxExempt: CreationOptional<boolean>;
  /** False: no new customer gets this type. */
  inUse: CreationOptional<boolean>;
  createdAt: Date;
  version: CreationOptional<number>;
}

/** A class of places and of rates, as RESIDENTIAL or COMMERCIAL. */
export interface RateClass extends Row<RateClass> {
  code: string;
  name: string;
  createdAt: Date;
}

/** The accounts that are billed together. */
export interface BillCycle extends Row<BillCycle> {
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
  classCode: CreationOptional<string | null>;
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
  /** What a tenant is asked for as a deposit (domain/deposits/propose). */
  depositKind: CreationOptional<DepositKind>;
  /** Of AVERAGE_BILL: how many average bills, a decimal. */
  depositTimes: CreationOptional<string | null>;
  /** The fixed deposit in cents, and the one where there is no bill to average; 0 asks for none. */
  defaultDepositCents: CreationOptional<number>;
  version: CreationOptional<number>;
}

export interface Rate extends Row<Rate> {
  id: CreationOptional<number>;
  code: string;
  serviceCode: string;
  name: string;
  /** The rate that a new agreement of the service gets; at most one per service. */
  isDefault: CreationOptional<boolean>;
  /** The class of places that may have it; null: all. */
  classCode: CreationOptional<string | null>;
}

/** A service that a new service address of a class gets; a class without any gets what every place gets (row S7). */
export interface ClassService extends Row<ClassService> {
  classCode: string;
  serviceCode: string;
  rateId: number;
  /** What is asked for as a deposit in place of the service's own amount, in cents; null: the service's own. */
  depositCents: CreationOptional<number | null>;
}

/**
 * One version of a rate; `definition` is the JSON of domain/billing/rate-version. Drafts are found only unscoped, so that
 * nothing is priced by one. Who drafted and who published is null for versions that were there before or imported.
 */
export interface RateVersionRow extends Row<RateVersionRow> {
  id: CreationOptional<number>;
  rateId: number;
  effectiveFrom: CivilDate;
  definition: string;
  definitionHash: string;
  status: CreationOptional<'DRAFT' | 'PUBLISHED'>;
  draftedBy: CreationOptional<number | null>;
  draftedAt: CreationOptional<Date | null>;
  publishedBy: CreationOptional<number | null>;
  publishedAt: Date | null;
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
  switchState: CreationOptional<SwitchState>;
  version: CreationOptional<number>;
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
  /** The first day on which it is not in force any more; null while it is open. */
  endOn: CreationOptional<CivilDate | null>;
  endReason: CreationOptional<AgreementEnd | null>;
  /** What a reversion of the place costs the landlord once, beside the fees of its lines. */
  feeCents: CreationOptional<number>;
  /** How the landlord hears of each reversion. */
  noticeBy: CreationOptional<NoticeBy>;
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
  /** What a reversion of this service costs the landlord. */
  feeCents: CreationOptional<number>;
}

/** What somebody noted about a place: an alert is shown to whoever goes there. Rows are ended, never changed. */
export interface LocationNote extends Row<LocationNote> {
  id: CreationOptional<number>;
  locationId: number;
  kind: 'NOTE' | 'ALERT';
  text: string;
  /** The first day on which it is not shown any more. */
  expiresOn: CivilDate | null;
  createdBy: number;
  createdAt: Date;
  endedBy: CreationOptional<number | null>;
  endedAt: CreationOptional<Date | null>;
}

/** That a place is not to be shut off; of one account there, or of whoever it would be for (account null). */
export interface NoShutOffRow extends Row<NoShutOffRow> {
  id: CreationOptional<number>;
  locationId: number;
  accountId: number | null;
  reason: NoShutOff['reason'];
  note: string | null;
  /** The last day on which it holds. */
  untilOn: CivilDate;
  createdBy: number;
  createdAt: Date;
  endedBy: CreationOptional<number | null>;
  endedAt: CreationOptional<Date | null>;
}

const fillSearchName = (customer: Customer): void => {
  customer.searchName = searchNameOf(customer);
};

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
        secondNamePrefix: optional(text(20)),
        secondFirstName: optional(text(80)),
        secondMiddleName: optional(text(80)),
        secondLastName: optional(text(80)),
        secondNameSuffix: optional(text(20)),
        searchName: withDefault(text(700), ''),
        typeCode: optional(text(24)),
        masterContactId: optional(ref()),
        mailLine1: optional(text(120)),
        mailLine2: optional(text(120)),
        mailCity: optional(text(80)),
        mailState: optional(text(40)),
        mailPostalCode: optional(text(16)),
        mailCountry: optional(text(2)),
        altLine1: optional(text(120)),
        altLine2: optional(text(120)),
        altCity: optional(text(80)),
        altState: optional(text(40)),
        altPostalCode: optional(text(16)),
        altCountry: optional(text(2)),
        altSeasonStart: optional(text(5)),
        altSeasonEnd: optional(text(5)),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      {
        version: true,
        hooks: { beforeSave: fillSearchName, beforeBulkCreate: (rows) => rows.forEach(fillSearchName) },
      },
    ),
    CustomerType: s.define<CustomerType>(
      'customer_type',
      {
        code: key(24),
        name: text(60),
        rateClass: optional(text(16)),
        billCycle: optional(text(16)),
        depositPercent: withDefault(int(), 100),
        penaltyExempt: withDefault(flag(), false),
        taxExempt: withDefault(flag(), false),
        inUse: withDefault(flag(), true),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    RateClass: s.define<RateClass>('rate_class', { code: key(16), name: text(60), createdAt: instant() }),
    BillCycle: s.define<BillCycle>('bill_cycle', { code: key(16), name: text(60), createdAt: instant() }),
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
        classCode: optional(text(16)),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    Service: s.define<Service>(
      'service',
      {
        code: key(16),
        name: text(60),
        metered: flag(),
        unit: optional(text(16)),
        priority: int(),
        onNewLocation: withDefault(flag(), false),
        depositKind: withDefault(text(16), 'FIXED'),
        depositTimes: optional(decimal(6, 2)),
        defaultDepositCents: withDefault(cents(), 0),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    ClassService: s.define<ClassService>('class_service', {
      classCode: key(16),
      serviceCode: key(16),
      rateId: ref(),
      depositCents: optional(cents()),
    }),
    Rate: s.define<Rate>('rate', {
      id: id(),
      code: text(24),
      serviceCode: text(16),
      name: text(80),
      isDefault: withDefault(flag(), false),
      classCode: optional(text(16)),
    }),
    RateVersion: s.define<RateVersionRow>(
      'rate_version',
      {
        id: id(),
        rateId: ref(),
        effectiveFrom: date(),
        definition: longText(),
        definitionHash: text(64),
        status: withDefault(text(12), 'PUBLISHED'),
        draftedBy: optional(ref()),
        draftedAt: optional(instant()),
        publishedBy: optional(ref()),
        publishedAt: optional(instant()),
      },
      { defaultScope: { where: { status: 'PUBLISHED' } } },
    ),
    ServicePoint: s.define<ServicePoint>('service_point', {
      id: id(),
      locationId: ref(),
      serviceCode: text(16),
      position: withDefault(int(), 1),
    }),
    Meter: s.define<Meter>(
      'meter',
      {
        id: id(),
        serial: text(32),
        dials: int(),
        multiplier: withDefault(decimal(12, 6), '1'),
        unit: text(16),
        servicePointId: optional(ref()),
        status: text(16),
        switchState: withDefault(text(8), 'ON'),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
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
        endReason: optional(text(12)),
        feeCents: withDefault(cents(), 0),
        noticeBy: withDefault(text(8), 'MAIL'),
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
      feeCents: withDefault(cents(), 0),
    }),
    LocationNote: s.define<LocationNote>('location_note', {
      id: id(),
      locationId: ref(),
      kind: text(8),
      text: text(1000),
      expiresOn: optional(date()),
      createdBy: ref(),
      createdAt: instant(),
      endedBy: optional(ref()),
      endedAt: optional(instant()),
    }),
    NoShutOff: s.define<NoShutOffRow>('no_shut_off', {
      id: id(),
      locationId: ref(),
      accountId: optional(ref()),
      reason: text(16),
      note: optional(text(500)),
      untilOn: date(),
      createdBy: ref(),
      createdAt: instant(),
      endedBy: optional(ref()),
      endedAt: optional(instant()),
    }),
  };
}
