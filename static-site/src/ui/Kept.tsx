import { useReference } from '../api/reference';
import type { Schemas } from '../api/client';
import { lifetime } from './format';

/** How long something is kept, in words, as the running platform does it: « 14 jours ». */
export function Kept({ name }: { name: keyof Schemas['Retention'] }) {
  const { data, isError } = useReference();
  if (data?.retention) {
    return lifetime(data.retention[name]);
  }
  return isError ? '(durée momentanément indisponible)' : '…';
}
