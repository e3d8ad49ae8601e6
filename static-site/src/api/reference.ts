import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';

export type Reference = Schemas['Reference'];
export type Commune = Schemas['Commune'];

/** Professions, regions and types of activity; they change with a release only. */
export function useReference() {
  return useQuery({
    queryKey: ['reference'],
    queryFn: () => answer(api.GET('/api/reference')),
    staleTime: Infinity,
  });
}

/** The communes of a postcode; asked for when it has its five digits. */
export function useCommunes(postalCode: string) {
  return useQuery({
    queryKey: ['communes', postalCode],
    queryFn: () =>
      answer(api.GET('/api/communes', { params: { query: { postalCode } } })).then((page) => page.items),
    enabled: /^\d{5}$/.test(postalCode),
    staleTime: Infinity,
  });
}

/** The label of a profession, with its speciality: « Médecin, anesthésie-réanimation ». */
export function professionLabel(reference: Reference | undefined, code: string, speciality?: string): string {
  const profession = reference?.professions.find((one) => one.code === code);
  const special = profession?.specialities.find((one) => one.code === speciality);
  return [profession?.label ?? code, special?.label].filter(Boolean).join(', ');
}

/** The name of a region. */
export function regionName(reference: Reference | undefined, code: string | undefined): string {
  return reference?.regions.find((one) => one.code === code)?.name ?? code ?? '';
}
