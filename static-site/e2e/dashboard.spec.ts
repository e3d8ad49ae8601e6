import { day, expect, expectAccessible, expectNoSidewaysScroll, test } from './platform';

test.describe('Tableau de bord', () => {
  test('lists missions in a table that filters and sorts on every column', async ({ page, platform }) => {
    const requester = await platform.requester([
      platform.mission({ vehicle: true, count: 3 }),
      platform.mission({ profession: '313', start: day(10), end: day(20), nursingHome: true }),
      platform.mission({ profession: '10', start: day(5), end: day(40), weekend: true }),
    ]);
    await platform.signIn(page, requester);
    await page.goto('/structure');
    const rows = page.getByRole('table', { name: 'Récapitulatif des demandes' }).getByRole('row');
    await expect(rows).toHaveCount(4);
    await expectAccessible(page);
    await expect(rows.nth(1)).toContainText('0/3');
    await page.getByRole('button', { name: 'Profession' }).click();
    await expect(rows.nth(1)).toContainText('Aide-soignant');
    await page.getByRole('button', { name: 'Profession' }).click();
    await expect(rows.nth(1)).toContainText('Médecin');
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await page.getByLabel('EHPAD').selectOption('yes');
    await expect(rows).toHaveCount(2);
    await expect(page.getByText('1 mission sur 3')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Véhicule').selectOption('yes');
    await expect(
      page.getByRole('heading', { name: 'Aucune mission ne correspond à ces filtres' }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Effacer les filtres' }).click();
    await expect(rows).toHaveCount(4);
  });

  test('a mission is edited, copied, marked POURVUE and deleted', async ({ page, platform }) => {
    const requester = await platform.requester();
    await platform.signIn(page, requester);
    await page.goto('/structure');
    const rows = page.getByRole('table', { name: 'Récapitulatif des demandes' }).getByRole('row');
    await page.getByRole('button', { name: 'Modifier' }).click();
    await expectAccessible(page);
    await page.getByLabel('Nombre').fill('4');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(rows.nth(1)).toContainText('0/4');
    await page.getByRole('button', { name: 'Copier' }).click();
    await page.getByLabel('Date de fin').fill(day(60));
    await page.getByRole('button', { name: 'Créer la mission' }).click();
    await expect(rows).toHaveCount(3);
    const filled = page.getByRole('button', { name: 'POURVUE' }).first();
    await filled.click();
    await expect(filled).toHaveAttribute('aria-pressed', 'true');
    await filled.click();
    await expect(filled).toHaveAttribute('aria-pressed', 'false');
    await page.getByRole('button', { name: 'Supprimer', exact: true }).first().click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Supprimer la mission' }).click();
    await expect(rows).toHaveCount(2);
  });

  test('a need of a known requester waits as a draft until it is confirmed', async ({ page, platform }) => {
    const requester = await platform.requester();
    await platform.call('POST', '/api/needs', {
      requester: {
        lastName: 'Leroux',
        firstName: 'Camille',
        email: requester.email,
        phone: '02 61 91 00 12',
      },
      establishment: {
        finess: requester.finess,
        name: 'EHPAD des Genêts',
        address: '12 rue des Genêts',
        postalCode: '35000',
        city: 'Rennes',
        region: '53',
      },
      missions: [platform.mission({ profession: '313' })],
    });
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await expect(page.getByText(/attend votre confirmation/)).toBeVisible();
    await page.getByRole('button', { name: /À traiter/ }).click();
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByText(/attend votre confirmation/)).toBeHidden();
  });

  test('before the approval only a number of candidates is told', async ({ page, platform }) => {
    await platform.volunteer();
    const requester = await platform.requester([platform.mission()], { approved: false });
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await expect(page.getByText('Votre compte attend la validation de votre ARS.')).toBeVisible();
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await expect(page.getByText(/Au moins \d+.*candidat/)).toBeVisible();
    await expectAccessible(page);
  });

  test('fits a phone, as cards', async ({ page, platform }) => {
    await platform.volunteer();
    await platform.signIn(page, await platform.requester());
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Voir la fiche' }).first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
