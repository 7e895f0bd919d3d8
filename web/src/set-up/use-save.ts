import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, sent } from '../api/client';
import { Problem } from '../api/problem';
import { useDesk } from './desk';
import type { DraftDesk } from './draft-desk';
import type { FormProblem } from './problems';

const LOOK_EVERY_MS = 700;

/** Saving the form: what is typed is kept first, then it is set up; a refusal says why, and nothing is lost. */
export function useSave(desk: DraftDesk, onRefused: (problems: FormProblem[]) => void) {
  const { answer, tellAll } = useDesk();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  /** Counts the tries that were refused: each takes the focus to what is wrong. */
  const [tries, setTries] = useState(0);
  const { draftId } = answer;

  async function trySave(): Promise<boolean> {
    if (!(await desk.flush())) return false;
    if (desk.snapshot().answer.problems.some(({ severity }) => severity === 'ERROR')) return false;
    const body = { draftId, version: desk.version };
    const opened = await sent(client.POST('/cases/onboarding', { body }));
    if (opened.status === 'SAVING') await verdictOf(opened.caseId);
    return true;
  }

  async function save() {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    setFailure(null);
    onRefused([]);
    try {
      const isSaved = await trySave();
      if (!isSaved) return;
      await cache.invalidateQueries();
      await navigate({ to: '/set-up/$draftId/saved', params: { draftId } });
    } catch (error) {
      if (!(error instanceof Problem)) return setFailure(error);
      setRefusal(error);
      const { code, details } = error;
      onRefused(
        error.faults.map(({ pointer, detail }) => ({ pointer, code, message: detail, severity: 'ERROR', details })),
      );
      await desk.lookAgain().catch(setFailure);
    } finally {
      tellAll();
      setTries((before) => before + 1);
      setBusy(false);
    }
  }

  return { save, busy, refusal, failure, tries };
}

/** Waits until it is known what became of a case; throws the problem that its opening was refused with. */
async function verdictOf(caseId: string): Promise<void> {
  for (;;) {
    const found = await sent(client.GET('/cases/{caseId}', { params: { path: { caseId } } }));
    if (found.status === 'REFUSED' && 'problem' in found && found.problem)
      throw new Problem(found.problem.status, found.problem);
    if (found.status !== 'SAVING') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
