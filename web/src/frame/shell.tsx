import { AppShell, Burger, Button, Group, Image, Kbd, Menu, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useLive } from '../api/live';
import { Loading } from '../kit/loading';
import { useHolds, useMe, useSession } from '../session/session';
import { HelpOnKeys } from './help-on-keys';
import { useKeys } from './keys';
import { NAVIGATION } from './nav';
import { openSearch, Search } from './search';
import classes from './shell.module.css';

/** The frame of every page: what there is on the left, search and who is signed in on top. */
export function Shell() {
  const [menuIsOpen, { toggle, close }] = useDisclosure();
  const [helpIsOpen, setHelpIsOpen] = useState(false);
  useLive();
  useKeys({ onHelp: () => setHelpIsOpen(true) });
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !menuIsOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" wrap="nowrap" gap="sm">
          <Burger
            opened={menuIsOpen}
            onClick={toggle}
            hiddenFrom="md"
            size="sm"
            color="white"
            aria-label={menuIsOpen ? 'Close the menu' : 'Open the menu'}
          />
          <Link to="/" className={classes.brand} aria-label="Keyturn home">
            <Image src="/icon.svg" alt="" w={28} />
            <Text span fw={700} visibleFrom="xs">
              Keyturn
            </Text>
          </Link>
          <UnstyledButton className={classes.search} onClick={openSearch}>
            <IconSearch size={16} aria-hidden />
            <Text span size="sm" truncate>
              Find a customer, place, meter, account or case
            </Text>
            <Kbd className={classes.hint} visibleFrom="sm">
              Ctrl K
            </Kbd>
          </UnstyledButton>
          <SignedIn onHelp={() => setHelpIsOpen(true)} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.navbar} aria-label="Main">
        <Navigation onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <Search />
      <HelpOnKeys opened={helpIsOpen} onClose={() => setHelpIsOpen(false)} />
    </AppShell>
  );
}

function Navigation({ onGo }: { onGo: () => void }) {
  const holds = useHolds();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isHere = (to: string) => (to === '/' ? path === '/' : path.startsWith(to));
  return NAVIGATION.map(({ title, places }) => {
    const open = places.filter(({ roles }) => holds(...roles));
    if (open.length === 0) return null;
    return (
      <div key={title} className={classes.group}>
        <Text className={classes.groupTitle}>{title}</Text>
        {open.map(({ label, to, icon: Icon }) => (
          <NavLink
            key={label}
            renderRoot={(props) => <Link to={to as '/'} {...props} />}
            label={label}
            leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
            active={isHere(to)}
            aria-current={isHere(to) ? 'page' : undefined}
            onClick={onGo}
          />
        ))}
      </div>
    );
  });
}

function SignedIn({ onHelp }: { onHelp: () => void }) {
  const me = useMe();
  const { signOut } = useSession();
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <Button variant="subtle" color="gray.0" rightSection={<IconChevronDown size={14} />} className={classes.user}>
          {me.displayName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.username}: {me.roles.join(', ')}
        </Menu.Label>
        <Menu.Item onClick={onHelp} rightSection={<Kbd>?</Kbd>}>
          Keys
        </Menu.Item>
        <Menu.Item component="a" href="/api/docs" target="_blank" rel="noreferrer">
          API documents
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
