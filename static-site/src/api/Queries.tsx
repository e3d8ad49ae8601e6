import { useEffect } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { Outlet } from 'react-router';
import { queries } from './client';
import { useSession } from './session';

/** What was loaded from the API, for the pages inside; nothing of it outlives the session. */
export function Component() {
  const { status } = useSession();
  useEffect(() => {
    if (status === 'out') {
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'reference' });
    }
  }, [status]);
  return (
    <QueryClientProvider client={queries}>
      <Outlet />
    </QueryClientProvider>
  );
}
