import type { RunningSystem } from '../running-system';
import type { Answer } from './http';

/** Tells the story line by line, and counts what is not as it should be. */
export function createTeller(system: RunningSystem, namespace: string) {
  const began = Date.now();
  const differences: string[] = [];
  const cases = new Set<string>();
  const typed = new Set<string>();
  const line = (text: string) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  const check = (holds: boolean, fact: string) => {
    line(`${holds ? '  ✓' : '  ✗'} ${fact}`);
    if (!holds) differences.push(fact);
  };
  return {
    differences,
    /** The cases that were told of. */
    cases,
    /** The personal data that was typed in, also into forms that became no record. */
    typed,
    line,
    check,
    chapter: (title: string) => console.log(`\n${title}`),
    /** A case's id with its page in the Temporal UI. */
    linked: (caseId: string) => {
      cases.add(caseId);
      const link = system.temporalUiUrl ? `  ${system.temporalUiUrl}/namespaces/${namespace}/workflows/${caseId}` : '';
      line(`    ${caseId}${link}`);
    },
    /** An answer that must have this status (and code); the body, for the next step. */
    answered<T>(answer: Answer<T>, status: number, what: string, code?: string): Answer<T>['body'] {
      const said = answer.body.code ? ` ${answer.body.code}` : '';
      check(answer.status === status && (!code || answer.body.code === code), `${what} → ${answer.status}${said}`);
      return answer.body;
    },
  };
}

export type Teller = ReturnType<typeof createTeller>;
