import { signIn, waitFor, type Answer, type Caller } from './http';

/** The demo's people, signed in. */
export type People = Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive' | 'ada', Caller>;

export interface Task {
  taskId: string;
  caseId: string;
  type: string;
  version: number;
  amountCents: number | null;
}

export interface CaseShown {
  caseId: string;
  status: string;
  step: string;
  moveOut: {
    vacancyCaseId: string;
    settlementCaseId: string | null;
    finalBillNumber: string | null;
    finalBillCents: number | null;
  } | null;
  onboarding: { approvalReasons: string[]; conditions: { name: string; text: string }[] } | null;
  vacancyLines: { serviceCode: string; status: string; tenantAccountNumber: string | null }[];
  serviceOrders: OrderShown[];
  tasks: (Task & { status: string })[];
  links: { temporal: string | null };
}

interface OrderShown {
  orderNumber: string;
  type: string;
  status: string;
  serviceCode: string;
  meter: MeterShown | null;
}

/** An account as the API shows it. */
export interface AccountShown {
  status: string;
  startOn: string;
  agreements: { serviceCode: string; status: string; startOn: string; endOn: string | null }[];
  askedDeposits: { amountCents: number; receivedCents: number; status: string }[];
  depositsHeldCents: number;
  balanceCents: number;
}

export interface MeterShown {
  meterId: number;
  dials: number;
  lastRead: { value: string } | null;
}

/** Signs everybody in with the demo town's password. */
export async function openOffice(apiUrl: string): Promise<People> {
  const names = ['cora', 'cliff', 'sam', 'sue', 'fred', 'olive', 'ada'] as const;
  const callers = await Promise.all(names.map((name) => signIn(apiUrl, name, 'keyturn-demo')));
  return Object.fromEntries(names.map((name, i) => [name, callers[i]])) as People;
}

/** The office's date. */
export async function today(people: People): Promise<string> {
  return (await people.cora.get<{ today: string }>('/clock')).body.today;
}

/** The case as the API shows it. */
export async function caseOf(clerk: Caller, caseId: string): Promise<CaseShown> {
  return (await clerk.get<CaseShown>(`/cases/${caseId}`)).body as unknown as CaseShown;
}

/** The account as the API shows it. */
export async function accountOf(clerk: Caller, accountNumber: string): Promise<AccountShown> {
  return (await clerk.get<AccountShown>(`/accounts/${accountNumber}`)).body as unknown as AccountShown;
}

/** The open task of a type in a case, as soon as there is one. */
export function taskIn(caller: Caller, caseId: string, type: string): Promise<Task> {
  return waitFor(`the task ${type}`, async () => {
    const { body } = await caller.get<{ data: Task[] }>('/tasks?view=group&limit=100');
    return body.data.find((task) => task.caseId === caseId && task.type === type);
  });
}

/** Decides on a task. */
export function decide(
  caller: Caller,
  task: Task,
  outcome: string,
  more: object = {},
): Promise<Answer<{ decisionId: string }>> {
  return caller.post(`/tasks/${task.taskId}/complete`, { version: task.version, outcome, ...more });
}

/** The case once it has ended well. */
export function ended(caller: Caller, caseId: string): Promise<CaseShown> {
  return waitFor(`the end of ${caseId}`, async () => {
    const found = await caseOf(caller, caseId);
    return found.status === 'COMPLETED' && found;
  });
}
