import { signIn, waitFor, type Answer, type Caller } from './http';

/** The demo's people, signed in. */
export type People = Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive' | 'ada', Caller>;

/** A rented place with its tenant: what a clerk looks up before a move-out. */
export interface Flat {
  locationNumber: string;
  accountNumber: string;
}

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
  serviceOrders: { orderNumber: string; status: string; serviceCode: string; meter: MeterShown | null }[];
  tasks: (Task & { status: string })[];
  links: { temporal: string | null };
}

interface MeterShown {
  meterId: number;
  dials: number;
  lastRead: { value: string } | null;
}

interface LocationShown {
  locationNumber: string;
  landlord: { lines: { decision: string }[] } | null;
  servicePoints: {
    meter: MeterShown | null;
    agreements: { accountNumber: string; accountRole: string; holds: boolean; status: string }[];
  }[];
}

/** Signs everybody in with the demo town's password. */
export async function openOffice(apiUrl: string): Promise<People> {
  const names = ['cora', 'cliff', 'sam', 'sue', 'fred', 'olive', 'ada'] as const;
  const callers = await Promise.all(names.map((name) => signIn(apiUrl, name, 'keyturn-demo')));
  return Object.fromEntries(names.map((name, i) => [name, callers[i]])) as People;
}

/** The first tenant, in the order of the locations, whose landlord takes services back and who has not moved out. */
export async function flatToLeave(clerk: Caller): Promise<Flat | null> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `/locations?limit=25${cursor && `&cursor=${cursor}`}`;
    const { body } = await clerk.get<{ data: { locationNumber: string }[]; nextCursor: string | null }>(path);
    for (const { locationNumber } of body.data) {
      const flat = flatOf((await clerk.get<LocationShown>(`/locations/${locationNumber}`)).body);
      if (flat) return flat;
    }
    cursor = body.nextCursor;
  }
  return null;
}

function flatOf({ locationNumber, landlord, servicePoints }: LocationShown): Flat | null {
  const holders = servicePoints.map((point) => point.agreements.find(({ holds }) => holds));
  const takenBack = landlord?.lines.some(({ decision }) => decision !== 'NEVER');
  const leaves = holders.every((each) => each?.accountRole === 'TENANT' && each.status === 'ACTIVE');
  const [holder] = holders;
  if (!takenBack || !leaves || !holder || !servicePoints.every(({ meter }) => isPlain(meter))) return null;
  return { locationNumber, accountNumber: holder.accountNumber };
}

/** Near the end of its register a low read is a rollover, not a mistake, and so it is near its beginning. */
function isPlain(meter: MeterShown | null): boolean {
  const value = Number(meter?.lastRead?.value ?? 0);
  return !meter || (value > 100 && value < 0.8 * 10 ** meter.dials);
}

/** The case as the API shows it. */
export async function caseOf(clerk: Caller, caseId: string): Promise<CaseShown> {
  return (await clerk.get<CaseShown>(`/cases/${caseId}`)).body as unknown as CaseShown;
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
