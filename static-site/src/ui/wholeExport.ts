/** What the answers of an export have in common: lists, and where the next answer begins. */
interface Answer {
  next?: string;
}

/** An export that was read in part, or, without `next`, to its end. */
export type SoFar<Export extends Answer> = Export | undefined;

/**
 * One's whole export, answer after answer until the end; every list of one answer goes on in the next.
 *
 * @param from what was read before a fault, to go on after it; undefined at the beginning
 * @param onPart told of all that was read so far
 * @throws Fault of the answer that failed; what was read before it has been told
 */
export async function wholeExport<Export extends Answer>(
  read: (cursor: string | undefined) => Promise<Export>,
  from: SoFar<Export>,
  onPart: (soFar: Export) => void,
): Promise<Export> {
  let all = from;
  while (!all || all.next) {
    const part = await read(all?.next);
    all = all ? joined(all, part) : part;
    onPart(all);
  }
  return all;
}

function joined<Export extends Answer>(all: Export, part: Export): Export {
  const both = { ...all } as unknown as Record<string, unknown>;
  for (const [name, rows] of Object.entries(part)) {
    const before = both[name];
    if (Array.isArray(rows) && Array.isArray(before)) {
      both[name] = [...(before as unknown[]), ...(rows as unknown[])];
    }
  }
  if (part.next) {
    both.next = part.next;
  } else {
    delete both.next;
  }
  return both as unknown as Export;
}

/** How many rows the lists of an export hold. */
export function rowsOf(soFar: object | undefined): number {
  return Object.values(soFar ?? {}).reduce<number>(
    (sum, list) => sum + (Array.isArray(list) ? list.length : 0),
    0,
  );
}

/** Gives an export to the browser as a file. */
export function saveExport(whole: unknown): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(whole, undefined, 2)], { type: 'application/json' }),
  );
  Object.assign(document.createElement('a'), { href: url, download: 'renfort-mes-donnees.json' }).click();
  URL.revokeObjectURL(url);
}
