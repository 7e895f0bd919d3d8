import { Badge, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a tab under its own heading. */
export function Section({ title, aside, children, ...more }: SectionProps) {
  return (
    <Paper withBorder p="md" {...more}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title} {aside}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

/** Marks what was copied from the previous customer, and whether the clerk has changed it since. */
export function Copied({ mark }: { mark: 'COPIED' | 'CHANGED' | null }) {
  if (!mark) return null;
  return (
    <Badge
      size="sm"
      variant="light"
      color={mark === 'COPIED' ? 'teal' : 'orange'}
      c={mark === 'COPIED' ? '#08533c' : '#7a3600'}
      tt="none"
    >
      {mark === 'COPIED' ? 'Copied' : 'Copied, then changed'}
    </Badge>
  );
}
