import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api/client';
import { Page } from '../kit/page';
import { FindAccount } from './find-account';
import { MoveOutForm } from './move-out-form';

const here = getRouteApi('/move-out');

/** Moving a customer out: first who, then when and what becomes of the place. */
export function MoveOutPage() {
  const { account } = here.useSearch();
  const navigate = here.useNavigate();
  if (account) return <Asked accountNumber={account} onOther={() => void navigate({ search: {} })} />;
  return (
    <Page title="Move a customer out" lead="Find whoever leaves by name, address, account or meter.">
      <FindAccount onFound={(accountNumber) => void navigate({ search: { account: accountNumber } })} />
    </Page>
  );
}

function Asked({ accountNumber, onOther }: { accountNumber: string; onOther: () => void }) {
  const params = { path: { accountNumber } };
  const { data: account } = api.useSuspenseQuery('get', '/accounts/{accountNumber}', { params });
  return <MoveOutForm key={accountNumber} account={account} onOther={onOther} />;
}
