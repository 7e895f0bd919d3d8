import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../kit/page';
import { Approvals } from './approvals';
import { AuditLog } from './audit-log';

const here = getRouteApi('/audit');

/** What was done by whom: the audit log, and every approval with its checks. */
export function AuditPage() {
  const { tab = 'log' } = here.useSearch();
  const navigate = here.useNavigate();
  return (
    <Page title="Audit" lead="Each line of the log carries the hash of the line before, so that none can be taken out.">
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: value === 'approvals' ? { tab: value } : {} })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="log">Audit log</Tabs.Tab>
          <Tabs.Tab value="approvals">Approvals</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log">
          <AuditLog />
        </Tabs.Panel>
        <Tabs.Panel value="approvals">
          <Approvals />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
