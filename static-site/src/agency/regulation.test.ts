import { expect, test } from 'vitest';
import { changes } from './regulation';

test('the same settings change nothing', () => {
  expect(changes({ mode: 'REGIONAL', holdHours: 24 }, { mode: 'REGIONAL', holdHours: 24 })).toEqual([]);
});

test('leaving the direct mode tells that establishments see the pushed only', () => {
  const told = changes({ mode: 'DIRECT', holdHours: 36 }, { mode: 'REGIONAL', holdHours: 36 }).join(' ');
  expect(told).toContain('ne verront plus que les candidats qui leur sont poussés');
  expect(told).not.toContain('niveau national');
  expect(told).not.toContain('36 h');
});

test('the national mode tells who may lift it, whatever stood before', () => {
  for (const mode of ['DIRECT', 'REGIONAL'] as const) {
    expect(changes({ mode, holdHours: 36 }, { mode: 'NATIONAL', holdHours: 36 })).toContain(
      'Seul le niveau national pourra lever ce mode.',
    );
  }
});

test('coming back to the direct mode opens every candidate again, and gives the mode back to the agency', () => {
  const told = changes({ mode: 'NATIONAL', holdHours: 36 }, { mode: 'DIRECT', holdHours: 36 }).join(' ');
  expect(told).toContain('verront à nouveau tous les candidats');
  expect(told).toContain('pourra de nouveau changer le mode');
});

test('other hours are told alone when the mode stays', () => {
  const told = changes({ mode: 'DIRECT', holdHours: 36 }, { mode: 'DIRECT', holdHours: 12 });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('pendant 12 h, au lieu de 36 h');
});
