import type { NewTenant } from '../../domain/states';
import type { CivilDate } from '../../domain/dates';
import { SYSTEM_USER_ID } from '../../domain/roles';
import type { Case } from '../models/cases';
import type { Draft } from '../models/office';
import type { ServiceAgreement, VacancyLine } from '../models/occupancy';
import { parsedJson } from '../reads/select';
import { actingAs, type Tx } from '../transaction';
import { discardDraft, lockDraft, writeDraft } from './drafts';
import { landlordAgreementOf } from './places';
import { chooser, newTenantOf } from './vacancy-choice';
import { dropTurnOff, giveToTenant } from './vacancy-lines';

/**
 * Chooses a line anew after its leaver's stop was moved: by the season and the landlord agreement of the new day. What a
 * clerk has answered is not asked again: that no tenant comes, and that the landlord takes the service, as long as it is
 * the landlord of the same agreement. Days before a tenant who is set up are offered to the landlord.
 */
export async function chooseAgain(
  tx: Tx,
  theCase: Case,
  line: VacancyLine,
  {
    leaver,
    tenant,
    setUpCaseId,
  }: { leaver: ServiceAgreement; tenant: ServiceAgreement | null; setUpCaseId: string | null },
): Promise<void> {
  // A supervisor has confirmed another day: it is asked for and confirmed anew.
  await dropTurnOff(tx, line);
  if (tenant) return giveToTenant(tx, theCase, line, tenant, setUpCaseId ?? '');
  const chosen = await chooser(tx, theCase, await knownOf(tx, theCase, line))(leaver, line);
  const isAnswered = line.choice === 'REVERT' && line.reason !== 'AGREEMENT_ALWAYS';
  const isTaken = isAnswered && chosen.choice === 'PROMPT_LANDLORD';
  const landlord = isTaken ? await landlordAgreementOf(tx, theCase.locationId ?? 0, leaver.endOn ?? tx.today) : null;
  const choice = landlord && landlord.agreement.id === line.landlordAgreementId ? 'REVERT' : chosen.choice;
  const isAsked = line.status === 'PROMPTED' && line.choice === choice;
  await line.update({
    ...{ choice, reason: chosen.reason, status: isAsked ? 'PROMPTED' : 'OPENED', newAgreementId: null },
    ...{ tenantAgreementId: null, onboardingCaseId: null },
  });
}

/** What is known of a new tenant: what the clerk has said since, else what the move-out says. */
async function knownOf(tx: Tx, theCase: Case, { choice, reason }: VacancyLine): Promise<NewTenant> {
  const said = await newTenantOf(tx, theCase);
  // Where a tenant was named, the landlord's turn came with the answer that there is none.
  if (reason === 'AGREEMENT_ALWAYS') return said === 'YES' ? 'NO' : said;
  return choice === 'PROMPT_NEW_TENANT' || choice === 'NEW_TENANT' ? said : 'NO';
}

/** The form of a new tenant that nobody has touched yet begins on the new stop date. */
export async function moveFilledForm(tx: Tx, vacancyCaseId: string, stopOn: CivilDate): Promise<void> {
  for (const draft of await untouchedForms(tx, vacancyCaseId)) {
    const content = parsedJson<Record<string, unknown>>(draft.content);
    await writeDraft(actingAs(tx, SYSTEM_USER_ID), draft, { ...content, startDate: stopOn });
  }
}

/** Puts away the forms of new tenants that nobody has touched, before their tasks are dropped. */
export async function discardFilledForms(tx: Tx, vacancyCaseId: string): Promise<void> {
  for (const draft of await untouchedForms(tx, vacancyCaseId)) await discardDraft(tx, draft);
}

async function untouchedForms(tx: Tx, caseId: string): Promise<Draft[]> {
  const where = { caseId, type: 'NEW_TENANT' as const, status: 'OPEN' as const };
  const found: Draft[] = [];
  for (const { subject } of await tx.db.HumanTask.findAll({ where })) {
    const { draftId } = parsedJson<{ draftId?: string }>(subject);
    const draft = draftId ? await lockDraft(tx, draftId) : null;
    if (!draft || draft.savedRevision !== null) continue;
    if (parsedJson<number[]>(draft.authorIds).every((id) => id === SYSTEM_USER_ID)) found.push(draft);
  }
  return found;
}
