import type { Page } from '@playwright/test';
import { DEMONSTRATION, test } from './platform';

/** Pictures of the main pages for the README: `npm run pictures`. They show the demonstration's people, all made up. */
const PICTURES: [
  name: string,
  path: string,
  login: string | undefined,
  open: ((page: Page) => Promise<void>) | undefined,
][] = [
  ['accueil', '/', undefined, undefined],
  ['inscription', '/professionnel/inscription', undefined, undefined],
  [
    'tableau-de-bord',
    '/structure',
    'etablissement@exemple.fr',
    async (page) => {
      await page.getByRole('button', { name: 'Choisir', exact: true }).first().click();
      await page.getByRole('button', { name: 'Contacter', exact: true }).first().waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
  ],
  ['ars', '/ars/missions', 'ars.52@exemple.fr', undefined],
];

for (const [width, height] of [
  [1280, 900],
  [360, 740],
] as const) {
  for (const [name, path, login, open] of PICTURES) {
    test(`@pictures ${name} at ${width}`, async ({ page, platform }) => {
      if (login) {
        await platform.signIn(page, { email: login, password: DEMONSTRATION });
      }
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await open?.(page);
      await page.screenshot({ path: `../docs/pictures/${name}-${width}.png` });
    });
  }
}
