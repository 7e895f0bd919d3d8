import { Checkbox, Group, PasswordInput, Select } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { ActForm, check } from '../kit/act-form';
import { useForEditing } from '../kit/editing';
import { Field } from '../kit/field';
import { centsOf } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import type { Role } from '../session/session';

const ROLES: Record<Role, string> = {
  clerk: 'Clerk',
  supervisor: 'Supervisor',
  field: 'Field',
  operator: 'Operator',
  admin: 'Administrator',
};

interface RolesProps {
  error: unknown;
  value: Role[];
  onChange: (roles: Role[]) => void;
}

function Roles({ error, value, onChange }: RolesProps) {
  return (
    <Checkbox.Group
      id={fieldId('#/roles')}
      label="Roles"
      error={faultAt(error, '#/roles')}
      value={value}
      onChange={(roles) => onChange(roles as Role[])}
    >
      <Group mt={4}>
        {Object.entries(ROLES).map(([role, label]) => (
          <Checkbox key={role} value={role} label={label} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** Adds somebody who can sign in. */
export function NewUser({ onDone }: { onDone: () => void }) {
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<Role[]>(['clerk']);
  return (
    <ActForm
      submit={displayName.trim() ? `Add ${displayName.trim()}` : 'Add the user'}
      done="They can sign in now"
      onDone={onDone}
      act={() => {
        check({
          '#/username': !/^[a-z0-9][a-z0-9._-]*$/.test(username) && 'Give a user name in small letters and figures',
          '#/displayName': !displayName.trim() && 'Give their name',
          '#/password': password.length < 12 && 'Give a password of 12 characters or more',
          '#/roles': roles.length === 0 && 'Choose a role',
        });
        return sent(client.POST('/users', { body: { username, displayName: displayName.trim(), password, roles } }));
      }}
    >
      {(error) => (
        <>
          <Field at="#/displayName" error={error} label="Name" value={displayName} onChange={setDisplayName} />
          <Field at="#/username" error={error} label="User name" maw={260} value={username} onChange={setUsername} />
          <PasswordInput
            id={fieldId('#/password')}
            label="First password"
            description="12 characters or more; tell it in person"
            autoComplete="new-password"
            maw={340}
            error={faultAt(error, '#/password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Roles error={error} value={roles} onChange={setRoles} />
        </>
      )}
    </ActForm>
  );
}

type Limit = 'ROLES' | 'AMOUNT' | 'NONE';

/** Changes name, roles and limit of somebody, or disables them. */
export function ChangeUser({ username, onDone }: { username: string; onDone: () => void }) {
  const path = { username };
  const { body: user, etag } = useForEditing(`user ${username}`, () =>
    client.GET('/users/{username}', { params: { path } }),
  );
  const before = user.approvalLimit;
  const [displayName, setDisplayName] = useState(user.displayName);
  const [roles, setRoles] = useState<Role[]>(user.roles);
  const [disabled, setDisabled] = useState(user.disabled);
  const [limit, setLimit] = useState<Limit>(!before ? 'ROLES' : before.cents === null ? 'NONE' : 'AMOUNT');
  const [amount, setAmount] = useState(before?.cents ? (before.cents / 100).toFixed(2) : '');
  const cents = limit === 'AMOUNT' ? centsOf(amount) : null;
  return (
    <ActForm
      submit={disabled && !user.disabled ? `Disable ${user.displayName} and sign them out` : `Save ${displayName}`}
      done="The user is changed"
      onDone={onDone}
      act={() => {
        check({
          '#/displayName': !displayName.trim() && 'Give their name',
          '#/roles': roles.length === 0 && 'Choose a role',
          '#/approvalLimit/cents': limit === 'AMOUNT' && cents === null && 'Give the amount, for example 500.00',
        });
        const approvalLimit: Schema<'UserPatch'>['approvalLimit'] = limit === 'ROLES' ? null : { cents };
        const body = { displayName: displayName.trim(), roles, disabled, approvalLimit };
        return sent(client.PATCH('/users/{username}', { params: { path, header: { 'If-Match': etag } }, body }));
      }}
    >
      {(error) => (
        <>
          <Field at="#/displayName" error={error} label="Name" value={displayName} onChange={setDisplayName} />
          <Roles error={error} value={roles} onChange={setRoles} />
          <Select
            label="Approves"
            maw={320}
            allowDeselect={false}
            data={[
              { value: 'ROLES', label: 'As much as their roles' },
              { value: 'AMOUNT', label: 'Up to an amount of their own' },
              { value: 'NONE', label: 'Without limit' },
            ]}
            value={limit}
            onChange={(value) => setLimit((value ?? 'ROLES') as Limit)}
          />
          {limit === 'AMOUNT' && (
            <Field
              at="#/approvalLimit/cents"
              error={error}
              label="Up to ($)"
              inputMode="decimal"
              maw={200}
              value={amount}
              onChange={setAmount}
            />
          )}
          <Checkbox
            label="Disabled: cannot sign in"
            checked={disabled}
            onChange={(event) => setDisabled(event.currentTarget.checked)}
          />
        </>
      )}
    </ActForm>
  );
}
