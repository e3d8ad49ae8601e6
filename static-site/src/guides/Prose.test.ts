import { expect, test } from 'vitest';
import { spacedText } from './Prose';

test('French marks and units stay on the line of their word', () => {
  expect(spacedText('Que faire ? « Valider » : 5 Mo en 36 h ; voilà !')).toBe(
    'Que faire\u202f? «\u00a0Valider\u00a0»\u00a0: 5\u00a0Mo en 36\u00a0h\u202f; voilà\u202f!',
  );
  expect(spacedText('Les 12 heures d’un lundi')).toBe('Les 12 heures d’un lundi');
});
