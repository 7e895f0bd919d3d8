import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** The shape of a page while it loads. */
export function Loading({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton h={28} w="40%" />
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} h={18} w={`${95 - ((i * 13) % 40)}%`} />
      ))}
    </Stack>
  );
}
