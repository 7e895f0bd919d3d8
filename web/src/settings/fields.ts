import type { Schema } from '../api/client';

type Settings = Schema<'Settings'>;

/** How a setting is typed. `cents` is typed in dollars; `empty` says what an empty one means, where it may be empty. */
export type Kind =
  | { is: 'int'; unit: string; empty?: string }
  | { is: 'cents'; empty?: string }
  | { is: 'text'; unit?: string; empty?: string }
  | { is: 'flag' }
  | { is: 'oneOf'; options: Record<string, string> }
  | { is: 'someOf'; options: Record<string, string> };

/** One value of the settings: its path within the group, none for a group that is the value itself. */
export type SettingField = [path: string, label: string, kind: Kind];

/** Settings that belong together on the page, and where they stand in what is sent. */
export interface SettingGroup {
  key: string;
  title: string;
  fields: [group: keyof Settings, ...SettingField][];
}

const days = (empty?: string): Kind => ({ is: 'int', unit: 'days', ...(empty && { empty }) });
const int = (unit: string): Kind => ({ is: 'int', unit });
const cents: Kind = { is: 'cents' };
const text = (unit?: string): Kind => ({ is: 'text', ...(unit && { unit }) });
const flag: Kind = { is: 'flag' };
const oneOf = (options: Record<string, string>): Kind => ({ is: 'oneOf', options });

const DEBT = oneOf({ IGNORE: 'Goes on', WARN: 'Warns', APPROVE: 'Needs approval', BLOCK: 'Is refused' });
const LIMIT: Kind = { is: 'cents', empty: 'without limit' };
const APPROVALS = {
  DEPOSIT: 'Another deposit',
  RATE: 'Another rate',
  UNITS: 'Other units',
  BACK_DATED: 'A start long past',
  DEBT: 'Old debts',
  EXEMPT: 'An exemption',
  FORCED_MOVE_OUT: 'A forced move-out',
};
const WEEKDAYS = { 1: 'Monday', 2: 'Tuesday', 3: 'Wednesday', 4: 'Thursday', 5: 'Friday', 6: 'Saturday', 7: 'Sunday' };

/** Every setting of the page. */
export const SETTING_GROUPS: SettingGroup[] = [
  {
    key: 'office',
    title: 'Office',
    fields: [
      ['utility', 'name', 'Name of the utility', text()],
      ['officeHours', 'weekdays', 'The office works on', { is: 'someOf', options: WEEKDAYS }],
      ['officeHours', 'from', 'Opens at', text('hh:mm')],
      ['officeHours', 'to', 'Closes at', text('hh:mm')],
      ['contacts', 'country', 'Country', text('two letters, as in US')],
      ['contacts', 'areaCode', 'Area code of local telephones', { is: 'text', empty: 'none is assumed' }],
    ],
  },
  {
    key: 'letters',
    title: 'Bills and notices',
    fields: [
      ['letters', 'address.line1', 'Street address of the utility', text()],
      ['letters', 'address.line2', 'Second line', { is: 'text', empty: 'none' }],
      ['letters', 'address.city', 'City', text()],
      ['letters', 'address.state', 'State', text()],
      ['letters', 'address.postalCode', 'Postal code', text()],
      ['letters', 'telephone', 'Telephone for customers', { is: 'text', empty: 'none' }],
      ['letters', 'email', 'E-mail for customers', { is: 'text', empty: 'none' }],
      ['letters', 'payOnline', 'Where bills are paid online', { is: 'text', empty: 'nowhere' }],
    ],
  },
  {
    key: 'set-up',
    title: 'Set-up',
    fields: [
      ['onboarding', 'maxBackDays', 'A start may lie back up to', days()],
      ['onboarding', 'maxFutureDays', 'A start may lie ahead up to', days()],
      ['onboarding', 'backDaysWithoutApproval', 'Back without approval up to', days()],
      ['onboarding', 'expiryDays', 'A set-up waits after its start for', days()],
      ['onboarding', 'approvalFor', 'Needs a supervisor', { is: 'someOf', options: APPROVALS }],
      ['onboarding', 'copyTicked', 'Copy From a Previous Customer starts ticked', flag],
      ['onboarding', 'maxReadAgeDays', 'A copied meter is read anew after', days()],
      [
        'onboarding',
        'depositWaivedAfterMonths',
        'No deposit after so long without a debt',
        { is: 'int', unit: 'months', empty: 'never' },
      ],
      ['onboarding', 'defaultBillCycle', 'Bill cycle where none is named', text()],
      ['debt', 'SAME_CUSTOMER', 'The customer owes from before', DEBT],
      ['debt', 'MASTER_CONTACT', 'Their master contact owes', DEBT],
      ['debt', 'COSIGNER', 'Whom they cosign for owes', DEBT],
      ['debt', 'LOCATION', 'Somebody owes for the place', DEBT],
      ['debt', 'LIKELY_DUPLICATE', 'Somebody likely the same owes', DEBT],
      ['moving', 'debtUpToCents', 'A debt follows a customer who moves up to', cents],
    ],
  },
  {
    key: 'move-out',
    title: 'Move-out',
    fields: [
      [
        'handoverDayTo',
        '',
        'The day of a handover is billed to',
        oneOf({ OUTGOING: 'Who leaves', INCOMING: 'Who comes' }),
      ],
      ['moveOut', 'maxBackDays', 'A stop may lie back up to', days()],
      ['moveOut', 'maxFutureDays', 'A stop may lie ahead up to', days()],
      ['moveOut', 'readDueDays', 'The final read is due within', days()],
      ['moveOut', 'readDeadlineDays', 'Missing reads are looked for after', days()],
      ['moveOut', 'missingRead', 'A missing read', oneOf({ ASK: 'Ask a clerk', ESTIMATE: 'Is estimated' })],
      [
        'trueUpFinal',
        'mode',
        'An estimated final bill is corrected',
        oneOf({ NEVER: 'Never', ABOVE_AMOUNT: 'Above an amount', ALWAYS: 'Always' }),
      ],
      ['trueUpFinal', 'aboveCents', 'Corrected above', cents],
      ['reads', 'highUsageLimit', 'A use above this is looked at', text('register units')],
      ['reads', 'rolloverMinRatio', 'A read below may be a rollover from', text('share of the last figure')],
      ['unassignedUsage', 'warnAbove', 'Use of nobody is warned about above', text('unit of the service')],
    ],
  },
  {
    key: 'bills',
    title: 'Final bills and approval',
    fields: [
      ['finalBillDueDays', '', 'A final bill is due after', days()],
      [
        'finalBillApproval',
        '',
        'Final bills are approved',
        oneOf({ ALWAYS: 'By a person, always', POLICY: 'By policy up to an amount' }),
      ],
      ['finalBillPolicy', 'maxTotalCents', 'By policy up to', cents],
      ['finalBillPolicy', 'samplePercent', 'Of these a person still looks at', text('percent')],
      ['approvalLimitsCents', 'supervisor', 'A supervisor approves up to', LIMIT],
      ['refundSecondApprovalAboveCents', '', 'A refund needs two supervisors above', { is: 'cents', empty: 'never' }],
      ['taxRounding', '', 'Taxes are rounded', oneOf({ PER_LINE: 'Per line', PER_BILL: 'Per bill' })],
      [
        'penaltyOnFinal',
        'kind',
        'A late final bill is charged',
        oneOf({ NONE: 'Nothing', PERCENT: 'A percentage', AMOUNT: 'An amount' }),
      ],
      ['penaltyOnFinal', 'percent', 'Percentage when late', text('percent')],
      ['penaltyOnFinal', 'amountCents', 'Amount when late', cents],
      ['penaltyOnFinal', 'graceDays', 'Late after the due date by', days()],
    ],
  },
  {
    key: 'money',
    title: 'Payments, refunds, collections',
    fields: [
      [
        'allocation',
        '',
        'Money within one priority',
        oneOf({ PRO_RATA: 'Is spread in proportion', FIXED_ORDER: 'Fills one service after the other' }),
      ],
      ['balanceReminderDays', '', 'Days between two reminders', days()],
      ['collections', 'afterReminders', 'For collections after', int('reminders')],
      ['collections', 'afterDays', 'And not before', days()],
      ['collections', 'minCents', 'From an amount of', cents],
      ['collections', 'autoHandOver', 'Handed over without asking', flag],
      ['collections', 'writeOffAfterDays', 'Written off after', days('never')],
      ['deMinimisBalanceCents', '', 'Taken off the books by itself up to', cents],
      ['returnedPaymentFeeCents', '', 'Fee for a payment that came back', cents],
      ['minRefundCents', '', 'A refund only when asked for below', cents],
      ['refundDueDays', '', 'A refund is paid out within', days()],
      ['unclaimedYears', '', 'An uncashed refund is the state’s after', int('years')],
      ['depositInterest', 'enabled', 'Deposits bear interest', flag],
      ['depositInterest', 'minHoldDays', 'Interest after being held for', days()],
    ],
  },
  {
    key: 'work',
    title: 'Orders and tasks',
    fields: [
      ...(
        [
          'TURN_ON',
          'TURN_OFF',
          'READ_IN',
          'READ_OUT',
          'READ_HANDOVER',
          'METER_EXCHANGE',
          'CUT_NONPAY',
          'RECONNECT',
        ] as const
      ).map((type): SettingGroup['fields'][number] => [
        'serviceOrders',
        `dueInWorkdays.${type}`,
        `${type.charAt(0)}${type.slice(1).toLowerCase().replaceAll('_', ' ')} is due in`,
        { is: 'int', unit: 'workdays', empty: '1' },
      ]),
      ['tasks', 'remindAfterHours', 'A task is reminded of after', int('office hours')],
      ['tasks', 'dueAfterHours', 'A task is due after', int('office hours')],
      ['tasks', 'escalateAgainAfterHours', 'Escalated again after', int('office hours')],
      ['tasks', 'priority', 'A task begins with priority', int('0 to 100')],
    ],
  },
  {
    key: 'numbers',
    title: 'Numbers',
    fields: [
      ['customerNumbers', 'autoIncrement', 'Customers get the next number', flag],
      ['customerNumbers', 'checkDigit', 'Check digit of customers', oneOf({ NONE: 'None', LUHN: 'Luhn' })],
      ...(
        [
          ['customer', 'Customer'],
          ['account', 'Account'],
          ['location', 'Location'],
          ['serviceOrder', 'Service order'],
          ['bill', 'Bill'],
          ['refund', 'Refund'],
        ] as const
      ).flatMap(([name, label]): SettingGroup['fields'] => [
        ['numbers', `${name}.prefix`, `${label} numbers begin with`, text()],
        ['numbers', `${name}.width`, `${label} numbers have`, int('figures')],
      ]),
    ],
  },
];
