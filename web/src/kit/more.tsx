import { Button } from '@mantine/core';

interface MoreProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** "Show more" below a list that goes on. */
export function More({ list }: MoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      variant="default"
      mt="sm"
      className="no-print"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      Show more
    </Button>
  );
}
