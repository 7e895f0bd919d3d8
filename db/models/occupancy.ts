import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { PriceTerms } from '../../domain/billing/price-terms';
import type { CivilDate } from '../../domain/dates';
import type {
  AccountRole,
  AccountStatus,
  AgreementStatus,
  DepositRequestStatus,
  NewTenant,
  ReadSource,
  ServiceOrderStatus,
  ServiceOrderType,
  StopReason,
  VacancyLineStatus,
} from '../../domain/states';
import type { Refusal } from '../../domain/refusal';
import type { ApprovalReason } from '../../domain/settings';
import { cents, date, decimal, flag, id, instant, int, json, key, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** One customer at one location for one period. */
export interface Account extends Row<Account> {
  id: CreationOptional<number>;
  accountNumber: string;
  customerId: number;
  locationId: number;
  role: AccountRole;
  status: AccountStatus;
  startOn: CivilDate;
  stopOn: CivilDate | null;
  vacateOn: CivilDate | null;
  stopReason: StopReason | null;
  finalBillOn: CivilDate | null;
  billCycle: string | null;
  forwardLine1: string | null;
  forwardLine2: string | null;
  forwardCity: string | null;
  forwardState: string | null;
  forwardPostalCode: string | null;
  forwardCountry: CreationOptional<string | null>;
  /** Bears no tax, and no penalties: as the customer's type or the form of the set-up said (domain.md row S4). */
  taxExempt: CreationOptional<boolean>;
  penaltyExempt: CreationOptional<boolean>;
  /** When the customer asked for a credit that is too small to be refunded by itself (domain.md rule 17). */
  refundAskedOn: CreationOptional<CivilDate | null>;
  /** The account whose location, services and reads this one was set up from (domain.md row S6). */
  copiedFromId: CreationOptional<number | null>;
  createdAt: Date;
  version: CreationOptional<number>;
}

/** The terms of one service for one account at a service point; a link of that point's chain. */
export interface ServiceAgreement extends Row<ServiceAgreement> {
  id: CreationOptional<number>;
  accountId: number;
  servicePointId: number;
  serviceCode: string;
  rateId: number;
  /** How many of the service, as two refuse cans, and of how many units or shares (domain.md row S8, rule 9). */
  quantity: CreationOptional<string>;
  units: CreationOptional<string>;
  /** What its rate looks up: read by priceTermsOf, since a JSON column may come as text. */
  priceTerms: CreationOptional<PriceTerms | null>;
  frequency: string;
  startOn: CivilDate;
  endOn: CivilDate | null;
  startReadId: number | null;
  stopReadId: number | null;
  lastBilledThrough: CivilDate | null;
  lastBilledReadId: number | null;
  stopReason: StopReason | null;
  status: AgreementStatus;
  followsId: number | null;
  version: CreationOptional<number>;
}

/** Work for the field. */
export interface ServiceOrder extends Row<ServiceOrder> {
  id: CreationOptional<number>;
  orderNumber: string;
  type: ServiceOrderType;
  status: ServiceOrderStatus;
  caseId: string | null;
  accountId: number;
  servicePointId: number;
  dueOn: CivilDate;
  assigneeId: number | null;
  createdAt: Date;
  completedAt: Date | null;
  unableReason: string | null;
  /** The start of a new customer waits for this order. */
  gating: CreationOptional<boolean>;
  notes: CreationOptional<string | null>;
  version: CreationOptional<number>;
}

/** A read as the field (or a clerk who corrects it) handed it in. */
export interface ReadTaken {
  meterId: number;
  value: string;
  readOn: CivilDate;
  source: ReadSource;
}

/** What a field worker handed in for an order, kept as it came; the owning case applies or voids it. */
export interface FieldReport extends Row<FieldReport> {
  id: CreationOptional<number>;
  serviceOrderId: number;
  reportedBy: number;
  outcome: 'DONE' | 'UNABLE' | 'CANCELED';
  readsTaken: ReadTaken[];
  reason: string | null;
  status: 'RECORDED' | 'APPLIED' | 'VOID';
  createdAt: Date;
}

/** The facts of one move-out case beside its row in cases. */
export interface MoveOut extends Row<MoveOut> {
  caseId: string;
  accountId: number;
  stopOn: CivilDate;
  vacateOn: CivilDate;
  stopReason: StopReason;
  newTenant: NewTenant;
  /** Null where it is known who follows: a landlord who hands over to a new tenant. */
  vacancyCaseId: string | null;
  settlementCaseId: string | null;
  draftedBy: number;
  revision: CreationOptional<number>;
  finalBillId: number | null;
  interestCents: number | null;
  depositAppliedCents: number | null;
  /** From when the case looks for reads that are not in; null where nothing is metered. */
  readDeadlineOn: CreationOptional<CivilDate | null>;
  /** Where what is left goes at settlement: the same customer's account at another place. */
  transferToId: CreationOptional<number | null>;
}

/** What becomes of one service point when its holder leaves. */
export interface VacancyLine extends Row<VacancyLine> {
  id: CreationOptional<number>;
  caseId: string;
  servicePointId: number;
  outgoingAgreementId: number;
  choice: string;
  reason: string;
  status: VacancyLineStatus;
  /** The landlord's agreement. */
  newAgreementId: number | null;
  /** The new tenant's agreement, and the case that sets it up. */
  tenantAgreementId: CreationOptional<number | null>;
  onboardingCaseId: CreationOptional<string | null>;
  /** The agreement by which the service goes to the landlord. */
  landlordAgreementId: CreationOptional<number | null>;
  /** The agreement whose landlord has said no: they are not asked again, nor given the service by themselves. */
  declinedAgreementId: CreationOptional<number | null>;
}

/** An order, or a report on one, that no case takes: stored as it came, before the work that carries it out is started. */
export interface OrderRequest extends Row<OrderRequest> {
  id: string;
  kind: 'ORDER' | 'ORDER_REPORT';
  content: Record<string, unknown>;
  status: 'RECORDED' | 'APPLIED' | 'REFUSED';
  refusal: CreationOptional<Refusal | null>;
  serviceOrderId: CreationOptional<number | null>;
  fieldReportId: CreationOptional<number | null>;
  createdBy: number;
  createdAt: Date;
  closedAt: CreationOptional<Date | null>;
}

/** The facts of one onboarding case beside its row in cases. */
export interface Onboarding extends Row<Onboarding> {
  caseId: string;
  accountId: number;
  startOn: CivilDate;
  /** The day from which a clerk is asked whether to go on waiting for open conditions. */
  expiresOn: CivilDate;
  approvalReasons: ApprovalReason[];
  decisionId: string | null;
  /** Whoever holds a service is moved out for the newcomer. */
  forceMoveOut: CreationOptional<boolean>;
  /** The account of the same customer that moves out for this one. */
  movesFromId: CreationOptional<number | null>;
}

/** A deposit that a set-up asks for; the money received for it is in deposits that name it. */
export interface DepositRequest extends Row<DepositRequest> {
  id: CreationOptional<number>;
  accountId: number;
  caseId: string | null;
  serviceCode: string;
  amountCents: number;
  status: DepositRequestStatus;
  waivedBecause: string | null;
  requestedOn: CivilDate;
}

/** The tables of who holds which service, and the field work at a handover. */
export function defineOccupancy(s: Sequelize) {
  return {
    Account: s.define<Account>(
      'account',
      {
        id: id(),
        accountNumber: text(20),
        customerId: ref(),
        locationId: ref(),
        role: text(16),
        status: text(20),
        startOn: date(),
        stopOn: optional(date()),
        vacateOn: optional(date()),
        stopReason: optional(text(16)),
        finalBillOn: optional(date()),
        billCycle: optional(text(16)),
        forwardLine1: optional(text(120)),
        forwardLine2: optional(text(120)),
        forwardCity: optional(text(80)),
        forwardState: optional(text(40)),
        forwardPostalCode: optional(text(16)),
        forwardCountry: optional(text(2)),
        taxExempt: withDefault(flag(), false),
        penaltyExempt: withDefault(flag(), false),
        refundAskedOn: optional(date()),
        copiedFromId: optional(ref()),
        createdAt: instant(),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    ServiceAgreement: s.define<ServiceAgreement>(
      'service_agreement',
      {
        id: id(),
        accountId: ref(),
        servicePointId: ref(),
        serviceCode: text(16),
        rateId: ref(),
        quantity: withDefault(decimal(12, 4), '1'),
        units: withDefault(decimal(12, 4), '1'),
        priceTerms: optional(json()),
        frequency: text(16),
        startOn: date(),
        endOn: optional(date()),
        startReadId: optional(ref()),
        stopReadId: optional(ref()),
        lastBilledThrough: optional(date()),
        lastBilledReadId: optional(ref()),
        stopReason: optional(text(16)),
        status: text(20),
        followsId: optional(ref()),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    ServiceOrder: s.define<ServiceOrder>(
      'service_order',
      {
        id: id(),
        orderNumber: text(20),
        type: text(20),
        status: text(20),
        caseId: optional(text(48)),
        accountId: ref(),
        servicePointId: ref(),
        dueOn: date(),
        assigneeId: optional(ref()),
        createdAt: instant(),
        completedAt: optional(instant()),
        unableReason: optional(text(40)),
        gating: withDefault(flag(), false),
        notes: optional(text(500)),
        version: withDefault(int(), 0),
      },
      { version: true },
    ),
    FieldReport: s.define<FieldReport>('field_report', {
      id: id(),
      serviceOrderId: ref(),
      reportedBy: ref(),
      outcome: text(8),
      readsTaken: json(),
      reason: optional(text(40)),
      status: text(16),
      createdAt: instant(),
    }),
    MoveOut: s.define<MoveOut>('move_out', {
      caseId: key(48),
      accountId: ref(),
      stopOn: date(),
      vacateOn: date(),
      stopReason: text(16),
      newTenant: text(8),
      vacancyCaseId: optional(text(48)),
      settlementCaseId: optional(text(48)),
      draftedBy: ref(),
      revision: withDefault(int(), 0),
      finalBillId: optional(ref()),
      interestCents: optional(cents()),
      depositAppliedCents: optional(cents()),
      readDeadlineOn: optional(date()),
      transferToId: optional(ref()),
    }),
    VacancyLine: s.define<VacancyLine>('vacancy_line', {
      id: id(),
      caseId: text(48),
      servicePointId: ref(),
      outgoingAgreementId: ref(),
      choice: text(24),
      reason: text(40),
      status: text(16),
      newAgreementId: optional(ref()),
      tenantAgreementId: optional(ref()),
      onboardingCaseId: optional(text(48)),
      landlordAgreementId: optional(ref()),
      declinedAgreementId: optional(ref()),
    }),
    OrderRequest: s.define<OrderRequest>('order_request', {
      id: key(48),
      kind: text(16),
      content: json(),
      status: text(10),
      refusal: optional(json()),
      serviceOrderId: optional(ref()),
      fieldReportId: optional(ref()),
      createdBy: ref(),
      createdAt: instant(),
      closedAt: optional(instant()),
    }),
    Onboarding: s.define<Onboarding>('onboarding', {
      caseId: key(48),
      accountId: ref(),
      startOn: date(),
      expiresOn: date(),
      approvalReasons: json(),
      decisionId: optional(text(40)),
      forceMoveOut: withDefault(flag(), false),
      movesFromId: optional(ref()),
    }),
    DepositRequest: s.define<DepositRequest>('deposit_request', {
      id: id(),
      accountId: ref(),
      caseId: optional(text(48)),
      serviceCode: text(16),
      amountCents: cents(),
      status: text(12),
      waivedBecause: optional(text(200)),
      requestedOn: date(),
    }),
  };
}
