import { correctionActivities } from './corrections';
import { deskActivities } from './desk';
import { requestActivities } from './field-work-requests';
import { feedActivities } from './feeds';
import { finalBillActivities } from './final-bill';
import type { Deps } from './in-step';
import { incidentActivities } from './incidents';
import { moveOutActivities } from './move-out';
import { onboardingActivities } from './onboarding';
import { orderRequestActivities } from './order-requests';
import { paymentActivities } from './payments';
import { reconcilerActivities } from './reconcile';
import { settlementActivities } from './settlement';
import { vacancyActivities } from './vacancy';
import { watchActivities } from './watch';

/** All activities of the worker. One activity is one business stage, one transaction, one key (design.md decision 3). */
export const createActivities = (deps: Deps) => ({
  ...onboardingActivities(deps),
  ...moveOutActivities(deps),
  ...finalBillActivities(deps),
  ...vacancyActivities(deps),
  ...settlementActivities(deps),
  ...correctionActivities(deps),
  ...paymentActivities(deps),
  ...deskActivities(deps),
  ...incidentActivities(deps),
  ...feedActivities(deps),
  ...orderRequestActivities(deps),
  ...requestActivities(deps),
  ...reconcilerActivities(deps),
  ...watchActivities(deps),
});

/** What workflows know of the activities, and what a test's fakes must be. */
export type Activities = ReturnType<typeof createActivities>;
export type { Deps } from './in-step';
