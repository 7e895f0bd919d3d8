import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, type ComponentType } from 'react';
import { Loading } from '../kit/loading';
import { Page } from '../kit/page';
import { useHolds } from '../session/session';
import { BillCycles } from './bill-cycles';
import { ClassServices } from './class-services';
import { CustomerTypes } from './customer-types';
import { Deputies } from './deputies';
import { Holidays } from './holidays';
import { Rates } from './rates';
import { Services } from './services';
import { Users } from './users';

const here = getRouteApi('/organization');

interface Tab {
  key: string;
  title: string;
  Shown: ComponentType;
  forAdmin?: true;
}

const TABS: Tab[] = [
  { key: 'types', title: 'Customer types', Shown: CustomerTypes },
  { key: 'services', title: 'Services', Shown: Services },
  { key: 'classes', title: 'Classes', Shown: ClassServices },
  { key: 'rates', title: 'Rates', Shown: Rates },
  { key: 'cycles', title: 'Bill cycles', Shown: BillCycles },
  { key: 'deputies', title: 'Deputies', Shown: Deputies },
  { key: 'holidays', title: 'Holidays', Shown: Holidays },
  { key: 'users', title: 'Users', Shown: Users, forAdmin: true },
];

/** The lists that the office works with. */
export function OrganizationPage() {
  const { tab = 'types' } = here.useSearch();
  const navigate = here.useNavigate();
  const holds = useHolds();
  const tabs = TABS.filter(({ forAdmin }) => !forAdmin || holds('admin'));
  return (
    <Page title="Organization">
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: value && value !== 'types' ? { tab: value } : {} })}
      >
        <Tabs.List mb="md">
          {tabs.map(({ key, title }) => (
            <Tabs.Tab key={key} value={key}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ key, Shown }) => (
          <Tabs.Panel key={key} value={key}>
            <Suspense fallback={<Loading />}>
              <Shown />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
