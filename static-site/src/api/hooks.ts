import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { idempotencyKey } from './client';

/**
 * The key of what a form sends: the same for the same values, so that a try after a lost answer has one effect; another for
 * changed values, which are another thing to do.
 */
export function useKeyOf(): (values: unknown) => string {
  const last = useRef({ sent: '', key: '' });
  return (values) => {
    const sent = JSON.stringify(values);
    if (last.current.sent !== sent) {
      last.current = { sent, key: idempotencyKey() };
    }
    return last.current.key;
  };
}

/** Asks for page after page for as long as `wanted` holds and there is one; stops at a fault. */
export function useNextPages<T>(query: UseInfiniteQueryResult<InfiniteData<T>>, wanted: boolean): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (wanted && hasNextPage && !isFetching && !isError) {
      void fetchNextPage();
    }
  }, [wanted, hasNextPage, isFetching, isError, fetchNextPage]);
}
