import { Box, Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface PageProps {
  title: string;
  /** One plain sentence below the title. */
  lead?: ReactNode;
  /** What can be done with the whole page, on the right of the title. */
  actions?: ReactNode;
  /** The title begins with "Error: ", for whoever only hears the page. */
  hasError?: boolean;
  children: ReactNode;
}

/** A page: its title (of the window too), what can be done, and its content. */
export function Page({ title, lead, actions, hasError = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${hasError ? 'Error: ' : ''}${title} - Keyturn`;
  }, [title, hasError]);
  return (
    <Box maw={1240}>
      <Group justify="space-between" align="flex-start" mb="md" wrap="wrap" gap="xs">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {lead && <Text c="dimmed">{lead}</Text>}
        </div>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Box>
  );
}
