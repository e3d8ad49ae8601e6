import { useState } from 'react';
import { Button } from '@digdir/designsystemet-react';
import { keepPreviousData, useQuery, type QueryKey } from '@tanstack/react-query';

/** A page of a list whose next one is found by a cursor. */
interface CursorPage<Item> {
  items: Item[];
  next?: string;
}

/**
 * One page at a time of a list that the API gives by cursors; `filters` begin it anew. Short pages are right for the
 * API, not for people: it goes on until `size` are there or the list ends.
 */
export function usePages<Item>(
  key: QueryKey,
  size: number,
  load: (cursor: string | undefined) => Promise<CursorPage<Item>>,
) {
  const list = JSON.stringify(key);
  const [place, setPlace] = useState<{ list: string; cursors: (string | undefined)[] }>({
    list,
    cursors: [undefined],
  });
  const cursors = place.list === list ? place.cursors : [undefined];
  const cursor = cursors.at(-1);
  const queryKey = [...key, cursor ?? ''];
  const query = useQuery({
    queryKey,
    queryFn: async () => {
      const page: CursorPage<Item> = await load(cursor);
      while (page.next && page.items.length < size) {
        const more = await load(page.next);
        page.items = [...page.items, ...more.items];
        if (more.next) {
          page.next = more.next;
        } else {
          delete page.next;
        }
      }
      return page;
    },
    placeholderData: keepPreviousData,
  });
  const next = query.data?.next;
  return {
    query,
    queryKey,
    number: cursors.length,
    previous: cursors.length > 1 ? () => setPlace({ list, cursors: cursors.slice(0, -1) }) : undefined,
    next: next ? () => setPlace({ list, cursors: [...cursors, next] }) : undefined,
  };
}

/** Where one is in a list, and the way on; not shown when all is on one page. */
export function Pager({
  number,
  of,
  previous,
  next,
  label,
}: {
  number: number;
  of?: number;
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
  label: string;
}) {
  if (!previous && !next) {
    return null;
  }
  return (
    <nav className="row between" aria-label={label}>
      <span className="small muted num" role="status">
        Page {number}
        {of && ` sur ${of}`}
      </span>
      <span className="row">
        <Button className="sm" variant="tertiary" aria-disabled={!previous} onClick={previous}>
          Page précédente
        </Button>
        <Button className="sm" variant="tertiary" aria-disabled={!next} onClick={next}>
          Page suivante
        </Button>
      </span>
    </nav>
  );
}
