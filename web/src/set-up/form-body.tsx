import { Badge, Tabs, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense, type ComponentType } from 'react';
import { Loading } from '../kit/loading';
import { Page } from '../kit/page';
import { BeforeSaving } from './before-saving';
import { ChangedByAnother, Discarded, NotKept } from './changed-by-another';
import { CustomerTab } from './customer-tab';
import { DepositsTab } from './deposits-tab';
import { useDesk } from './desk';
import type { DraftDesk } from './draft-desk';
import { InTheWay } from './in-the-way';
import { LocationTab } from './location-tab';
import { MetersTab } from './meters-tab';
import { OrdersTab } from './orders-tab';
import { ProblemList } from './problem-list';
import { goToField, tabOf, type FormProblem } from './problems';
import { SaveBar } from './save-bar';
import { ServicesTab } from './services-tab';
import { TABS, type Tab } from './tabs';
import { useSave } from './use-save';

const here = getRouteApi('/set-up/$draftId');

const CONTENT: Record<Tab, ComponentType> = {
  ...{ customer: CustomerTab, location: LocationTab, services: ServicesTab },
  ...{ deposits: DepositsTab, meters: MetersTab, orders: OrdersTab },
};

/** The form: what is kept and what Save does, what is wrong, what to know, and its tabs. */
export function FormBody({ desk, onRefused }: { desk: DraftDesk; onRefused: (problems: FormProblem[]) => void }) {
  const { tab = 'customer' } = here.useSearch();
  const navigate = useNavigate();
  const { problems, content, answer, tried } = useDesk();
  const { save, busy, refusal, failure, tries } = useSave(desk, onRefused);
  useHotkeys([['mod+S', () => !isAskedSomethingElse() && void save()]], []);
  const Shown = CONTENT[tab];

  const params = { draftId: answer.draftId };
  const open = (to: Tab) =>
    navigate({ to: '/set-up/$draftId', params, search: { tab: to }, replace: true, resetScroll: false });
  const goTo = async (problem: FormProblem) => {
    await open(tabOf(problem));
    goToField(problem.pointer);
  };
  const hasError = tried && problems.some(({ severity }) => severity === 'ERROR');

  return (
    <Page
      title="Setup new customer"
      hasError={hasError}
      lead={content.copiedFrom ? `Copied from account ${content.copiedFrom}; that account stays as it is.` : undefined}
    >
      <SaveBar busy={busy} onSave={() => void save()} />
      <ChangedByAnother desk={desk} />
      <NotKept desk={desk} />
      <Discarded />
      <ProblemList refusal={refusal} failure={failure} tries={tries} onGo={(problem) => void goTo(problem)} />
      <InTheWay />
      <BeforeSaving />
      <Tabs value={tab} onChange={(to) => void open(to as Tab)} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map(({ value, label }) => (
            <Tabs.Tab
              key={value}
              value={value}
              rightSection={<Count of={problems.filter((each) => tabOf(each) === value)} />}
            >
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Loading />}>
            <Shown />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <Text size="sm" c="dimmed" mt="lg" className="no-print">
        What you type is kept as you go. Ctrl+S saves from any field.
      </Text>
    </Page>
  );
}

/** Whether a window stands before the form, whose keys are its own. */
const isAskedSomethingElse = (): boolean => document.querySelector('[aria-modal="true"]') !== null;

/** How many problems a tab has: red once they are told, grey while they are only what is still to be filled. */
function Count({ of }: { of: (FormProblem & { told: boolean })[] }) {
  const errors = of.filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0) return null;
  const told = errors.some((each) => each.told);
  return (
    <Badge size="sm" variant="light" color={told ? 'red' : 'gray'} c={told ? 'red.9' : 'gray.8'} tt="none">
      {errors.length} {told ? (errors.length === 1 ? 'problem' : 'problems') : 'to fill'}
    </Badge>
  );
}
