import { Alert, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { useConnection } from '../api/connection';
import { SignInAgain, SignInPage } from './sign-in';
import classes from './gate.module.css';

/** Lets only who is signed in through, and keeps the page under a sign-in when the session ends in the middle. */
export function Gate({ children }: { children: ReactNode }) {
  const { signedOut, waiting } = useConnection();
  const me = api.useQuery('get', '/me', {}, { staleTime: 60_000 });
  const known = useQueryClient().getQueryData(['get', '/me', {}]);
  return (
    <>
      {waiting && (
        <Alert className={classes.away} color="yellow" variant="filled" role="status" icon={<Loader size="xs" />}>
          The server does not answer. Keyturn keeps trying, and nothing you typed is lost.
        </Alert>
      )}
      {me.data && children}
      {signedOut && (known ? <SignInAgain /> : <SignInPage />)}
    </>
  );
}
