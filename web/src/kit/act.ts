import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { wordsOf } from '../api/problem';

/** An act of whoever looks: afterwards everything shown is fetched anew; what was refused is said, unless the page does. */
export function useAct<Input = void, Result = unknown>(
  act: (input: Input) => Promise<Result>,
  { done, quiet = false, after }: { done?: string; quiet?: boolean; after?: (result: Result) => void } = {},
) {
  const cache = useQueryClient();
  return useMutation<Result, Error, Input>({
    mutationFn: act,
    onSuccess: (result) => {
      if (done) notifications.show({ message: done, color: 'green' });
      after?.(result);
      void cache.invalidateQueries();
    },
    onError: (error) => {
      if (!quiet) notifications.show({ message: wordsOf(error), color: 'red', autoClose: false });
    },
  });
}
