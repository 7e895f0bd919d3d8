import { RefusedError } from '../db/errors';
import type { FormFault, Refusal } from '../domain/refusal';

/** What is to be said of a form, gathered so that its clerk sees all of it at once (domain.md row S1). */
export class Faults {
  readonly found: FormFault[] = [];
  /** What the first refusal names beside its field: the case or account that stands in the way, and what can be done. */
  details: Record<string, string> = {};

  /** Notes what stands against the form; the details of the first that has any are the answer's. */
  add(refusals: readonly Refusal[], given: Record<string, string> = {}): void {
    const { blockers, pointer = '#', ...details } = given;
    // What refused named every field at fault itself.
    const all = blockers ? (JSON.parse(blockers) as Refusal[]) : refusals;
    const more = Object.keys(details).length > 0 ? { details } : {};
    this.found.push(...all.map((each) => ({ pointer, ...each, ...more, severity: 'ERROR' as const })));
    if (Object.keys(this.details).length === 0) this.details = details;
  }

  /** Notes what is as it is: errors, and warnings that stand in nobody's way. */
  note(faults: readonly FormFault[]): void {
    this.found.push(...faults);
  }

  /** Notes what the clerk should know of a form that can be saved all the same. */
  warn(warnings: readonly Required<Refusal>[]): void {
    this.found.push(...warnings.map((each) => ({ ...each, severity: 'WARNING' as const })));
  }

  /** What the act gives, or null where it is refused, which is noted. */
  async noting<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.add([error.refusal], error.details);
      return null;
    }
  }

  /** Refuses the form with its first error, all of them named, if there is any. */
  refuseAny(): void {
    const errors = this.found.filter(({ severity }) => severity === 'ERROR');
    const [first] = errors;
    if (first) throw new RefusedError(first, { ...this.details, blockers: JSON.stringify(errors) });
  }

  /** Refuses the form, which has an error. */
  refuse(): never {
    this.refuseAny();
    throw new Error('Nothing stands against the form');
  }

  /** What does not stand against saving. */
  get warnings(): FormFault[] {
    return this.found.filter(({ severity }) => severity === 'WARNING');
  }
}
