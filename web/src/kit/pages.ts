import { keepPreviousData } from '@tanstack/react-query';

/** How `api.useInfiniteQuery` goes on in the API's lists. */
export const PAGES = {
  pageParamName: 'cursor',
  initialPageParam: null,
  throwOnError: true,
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined,
  placeholderData: keepPreviousData,
};

/** A `validateSearch` that keeps these filters of an address. */
export const searchOf =
  <Name extends string>(...names: Name[]) =>
  (search: Record<string, unknown>): { [N in Name]?: string } =>
    Object.fromEntries(names.filter((name) => search[name]).map((name) => [name, String(search[name])])) as {
      [N in Name]?: string;
    };
