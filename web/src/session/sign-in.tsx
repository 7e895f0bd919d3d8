import {
  Alert,
  Button,
  Center,
  Image,
  Modal,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { wordsOf } from '../api/problem';
import { useSession } from './session';

/** The page of whoever is not signed in. */
export function SignInPage() {
  return (
    <Center component="main" mih="100vh" bg="gray.1" p="md">
      <Paper shadow="sm" p="xl" w={380} maw="100%" withBorder>
        <Image src="/icon.svg" alt="" w={44} mb="sm" />
        <Title order={1} size="h2" mb={4}>
          Keyturn
        </Title>
        <Text c="dimmed" mb="lg">
          Sign in with your office user name.
        </Text>
        <SignInForm />
      </Paper>
    </Center>
  );
}

/** Asks for the password again over the page, so that what was typed stays where it is. */
export function SignInAgain() {
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="Your session has ended" centered>
      <Text mb="md">Sign in again to go on. What you typed is still here.</Text>
      <SignInForm />
    </Modal>
  );
}

function SignInForm() {
  const { signIn } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    if (!text('username') || !text('password')) return setProblem('Type your user name and your password');
    setBusy(true);
    setProblem(null);
    try {
      await signIn(text('username'), text('password'));
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <TextInput label="User name" name="username" autoComplete="username" autoFocus data-autofocus />
        <PasswordInput label="Password" name="password" autoComplete="current-password" />
        <Button type="submit" loading={busy} mt="xs">
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
