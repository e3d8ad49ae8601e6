import { expect, expectAccessible, expectNoSidewaysScroll, test } from './platform';

for (const [path, title] of [
  ['/guides', 'Guides d’utilisation'],
  ['/guides/professionnels', 'Guide d’utilisation pour les professionnels'],
  ['/guides/etablissements', 'Mode opératoire des demandes de renforts'],
  ['/faq', 'Questions fréquentes'],
  ['/mentions-legales', 'Mentions légales'],
  ['/donnees-personnelles', 'Données personnelles'],
  ['/accessibilite', 'Déclaration d’accessibilité'],
  ['/nulle-part', 'Page introuvable'],
] as const) {
  test(`${path} reads well on a screen and on a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page).toHaveTitle(`${title} – Renfort`);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}

test.describe('Guides', () => {
  test('open from their page, and their contents lead to each chapter', async ({ page }) => {
    await page.goto('/guides');
    await page.getByRole('link', { name: 'Lire le guide des établissements' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    const contents = page.getByRole('navigation', { name: 'Sommaire' });
    await contents.getByRole('link', { name: 'Sélectionner un candidat' }).click();
    await expect(page.getByRole('heading', { name: 'Sélectionner un candidat' })).toBeInViewport();
    await expect(page.getByText('NE BLOQUEZ PAS TOUS LES CANDIDATS')).toBeVisible();
    const chapters = await page
      .getByRole('main')
      .getByRole('heading', { level: 2, name: /^\d+\. / })
      .count();
    expect(chapters).toBeGreaterThan(5);
    await expect(contents.getByRole('link')).toHaveCount(chapters);
  });

  test('a link from elsewhere opens its chapter', async ({ page }) => {
    await page.goto('/guides/professionnels#donnees');
    await expect(page.getByRole('heading', { name: 'Vos données' })).toBeInViewport();
  });

  test('print their text without the site around it', async ({ page }) => {
    await page.goto('/guides/professionnels');
    await expect(page.getByRole('button', { name: 'Imprimer le guide' })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { name: 'Vos données' })).toBeVisible();
    for (const around of ['banner', 'contentinfo', 'navigation', 'button'] as const) {
      await expect(page.getByRole(around)).toHaveCount(0);
    }
  });
});

test('how long things are kept is told as the platform does it', async ({ page }) => {
  await page.goto('/donnees-personnelles');
  const row = page.getByRole('row', { name: /adresse n’est pas confirmée/ });
  await expect(row).toHaveText(/3\s+jours.*14\s+jours.*30\s+jours/);
  await expect(page.getByRole('row', { name: /Pièce d’identité/ })).toHaveText(/6\s+mois.*30\s+jours/);
  await expect(page.getByRole('row', { name: /Fiche d’un professionnel/ })).toHaveText(/2\s+ans/);
});

test('Questions fréquentes open their answers', async ({ page }) => {
  await page.goto('/faq');
  const answer = page.getByText(/à partir du contact, ou la durée fixée/);
  await expect(answer).toBeHidden();
  await page.getByText('Combien de temps un candidat m’est-il réservé').click();
  await expect(answer).toBeVisible();
  await expectAccessible(page);
});
