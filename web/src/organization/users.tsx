import { Stack, Text } from '@mantine/core';
import { api, type Schema } from '../api/client';
import { Opens } from '../kit/act-form';
import { money, moment } from '../kit/format';
import { More } from '../kit/more';
import { PAGES } from '../kit/pages';
import { Rows } from '../kit/rows';
import { Section } from '../kit/section';
import { ChangeUser, NewUser } from './user-forms';

/** Who can sign in, as what, and up to what amount they approve. */
export function Users() {
  const list = api.useInfiniteQuery('get', '/users', { params: { query: { limit: 50 } } }, PAGES);
  return (
    <Section
      title="Users"
      actions={
        <Opens label="Add a user" variant="filled">
          {(close) => <NewUser onDone={close} />}
        </Opens>
      }
    >
      <Stack>
        <Rows
          of={list.data?.pages.flatMap(({ data }) => data) ?? []}
          keyOf={({ username }) => username}
          empty="Nobody yet."
          minWidth={640}
          columns={[
            ['Name', ({ displayName, username }) => `${displayName} (${username})`],
            ['Roles', ({ roles }) => roles.join(', ')],
            ['Approves up to', limitInWords],
            ['Signs in', signsIn],
            [
              '',
              ({ username, displayName }) => (
                <Opens
                  label="Change"
                  title={`Change ${displayName}`}
                  size="compact-sm"
                  aria-label={`Change ${displayName}`}
                >
                  {(close) => <ChangeUser username={username} onDone={close} />}
                </Opens>
              ),
            ],
          ]}
        />
        <More list={list} />
        <Text size="sm">Who is disabled is signed out at once. Their work stays under their name.</Text>
      </Stack>
    </Section>
  );
}

function limitInWords({ approvalLimit }: Schema<'User'>): string {
  if (!approvalLimit) return 'As their roles';
  return approvalLimit.cents === null ? 'Without limit' : money(approvalLimit.cents);
}

function signsIn({ disabled, lockedUntil }: Schema<'User'>): string {
  if (disabled) return 'No, disabled';
  return lockedUntil ? `Not before ${moment(lockedUntil)}: too many wrong passwords` : 'Yes';
}
