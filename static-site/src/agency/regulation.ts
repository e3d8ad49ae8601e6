import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../api/client';

export type Mode = Schemas['RegulationMode'];

/** How a region is regulated. */
export function useRegulation(region: Schemas['RegionCode']) {
  return useQuery({
    queryKey: ['regulation', region],
    queryFn: () => answer(api.GET('/api/regions/{code}/regulation', { params: { path: { code: region } } })),
  });
}

/** The modes as people name them, and what each means for an establishment. */
export const MODES: Record<Mode, { label: string; meaning: string }> = {
  DIRECT: {
    label: 'Mise en relation directe',
    meaning:
      'Les établissements approuvés voient tous les candidats qui correspondent à leurs missions, et les contactent eux-mêmes.',
  },
  REGIONAL: {
    label: 'Régulation régionale',
    meaning: 'Les établissements ne voient que les candidats que l’ARS leur pousse.',
  },
  NATIONAL: {
    label: 'Régulation nationale',
    meaning:
      'Les établissements ne voient que les candidats que l’ARS ou le niveau national leur pousse. Le niveau national peut pousser des candidats de toutes les régions.',
  },
};

interface Settings {
  mode: Mode;
  holdHours: number;
}

/** What other settings change, for whom, in sentences; none when they are the same. */
export function changes(before: Settings, after: Settings): string[] {
  const told: string[] = [];
  if (before.mode !== after.mode) {
    if (after.mode === 'DIRECT') {
      told.push(
        'Les établissements approuvés verront à nouveau tous les candidats qui correspondent à leurs missions, et pourront les contacter sans attendre.',
        'Les candidats déjà poussés leur restent proposés, en tête de liste.',
      );
    } else if (before.mode === 'DIRECT') {
      told.push(
        'Les établissements ne verront plus que les candidats qui leur sont poussés, et ceux qu’ils ont déjà contactés ou affectés.',
        'Sans candidat poussé, une mission n’avance plus : la liste de l’établissement reste vide.',
      );
    }
    if (after.mode === 'NATIONAL') {
      told.push(
        'L’ARS et le niveau national poussent les candidats ; l’ARS, seulement ceux de sa région.',
        'Seul le niveau national pourra lever ce mode.',
      );
    } else if (before.mode === 'NATIONAL') {
      told.push('L’ARS pourra de nouveau changer le mode de régulation.');
    }
    if (after.mode === 'REGIONAL') {
      told.push('L’ARS pousse les candidats, mission par mission.');
    }
    told.push('Contacts et affectations en cours ne changent pas.');
  }
  if (before.holdHours !== after.holdHours) {
    told.push(
      `Un nouveau contact réservera la personne pendant ${after.holdHours} h, au lieu de ${before.holdHours} h. Les contacts en cours gardent leur échéance.`,
    );
  }
  return told;
}
