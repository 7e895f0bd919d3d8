import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { DeskState, Draft, DraftDesk } from './draft-desk';
import { valueAt, withValue, type Content } from './content';
import { isTold, saidOf, type FormProblem } from './problems';

/** The form that is on the desk, for whatever part of it is shown. */
export interface Desk extends DeskState {
  computed: Draft['computed'];
  change: DraftDesk['change'];
  set: (pointer: string, value: unknown) => void;
  at: (pointer: string) => unknown;
  /** Everything that is said of the form, told or not. */
  problems: (FormProblem & { told: boolean })[];
  /** What is said beside the field, or undefined. */
  problemAt: (pointer: string) => string | undefined;
  enter: (pointer: string) => void;
  leave: (pointer: string) => void;
  /** Tells everything from now on: the clerk has tried to save. */
  tellAll: () => void;
  tried: boolean;
}

// What is said of a field that is left moves the page: not before the press that left it has come up.
const A_CLICK_MS = 250;

const DeskContext = createContext<Desk | null>(null);

/** The form on the desk. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('There is no form on the desk');
  return desk;
}

/** Puts a form on the desk; `refused` is what a Save was refused with. */
export function DeskOf({ desk, refused, children }: { desk: DraftDesk; refused: FormProblem[]; children: ReactNode }) {
  const state = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const entered = useRef<unknown>(null);
  const { content, answer } = state;

  const problems = useMemo(() => {
    const known = new Set(answer.problems.map(({ pointer, code }) => `${pointer} ${code}`));
    const all = [...answer.problems, ...refused.filter(({ pointer, code }) => !known.has(`${pointer} ${code}`))];
    return all.map((each) => ({ ...each, told: isTold(each, content, { tried, touched, active }) }));
  }, [answer, refused, content, tried, touched, active]);

  const set = useCallback(
    (pointer: string, value: unknown) => desk.change((form: Content) => withValue(form, pointer, value)),
    [desk],
  );
  const enter = useCallback(
    (pointer: string) => {
      entered.current = valueAt(desk.snapshot().content, pointer);
      setActive(pointer);
    },
    [desk],
  );
  const leave = useCallback(
    (pointer: string) => {
      const isChanged = valueAt(desk.snapshot().content, pointer) !== entered.current;
      window.setTimeout(() => {
        setActive((now) => (now === pointer ? null : now));
        if (isChanged) setTouched((before) => (before.has(pointer) ? before : new Set([...before, pointer])));
      }, A_CLICK_MS);
    },
    [desk],
  );
  const tellAll = useCallback(() => setTried(true), []);

  const value = useMemo(
    (): Desk => ({
      ...{ ...state, computed: answer.computed, change: desk.change, set, at: (pointer) => valueAt(content, pointer) },
      ...{ problems, enter, leave, tellAll, tried },
      problemAt: (pointer) => {
        const found = problems.find((each) => each.told && each.pointer === pointer && each.severity === 'ERROR');
        return found && saidOf(found);
      },
    }),
    [state, answer, content, desk, set, problems, enter, leave, tellAll, tried],
  );
  return <DeskContext value={value}>{children}</DeskContext>;
}
