import { address, day, expect, expectAccessible, expectNoSidewaysScroll, finess, test } from './platform';

test.describe('Déposer un besoin de renfort', () => {
  test('a visitor submits two missions, and the link that comes by mail opens them', async ({
    page,
    platform,
  }) => {
    const email = address();
    await page.goto('/structure/besoin');
    await expectAccessible(page);
    const valider = page.getByRole('button', { name: 'Valider', exact: true });
    await expect(valider).toBeDisabled();
    await page.getByLabel('Nom', { exact: true }).fill('Castel');
    await page.getByLabel('Prénom').fill('Nathalie');
    await page.getByLabel('Courriel').fill(email);
    await page.getByLabel('Téléphone').fill('02 61 91 27 40');
    await page.getByLabel('N° FINESS géographique').fill('350000015');
    await page.getByLabel('Nom établissement').fill('Centre hospitalier Saint-Aubin');
    await expect(page.getByText('Ce numéro FINESS n’existe pas')).toBeVisible();
    await page.getByLabel('N° FINESS géographique').fill(finess());
    await page.getByLabel('Adresse').fill('14 avenue des Peupliers');
    await page.getByLabel('Code postal').fill('35000');
    await expect(page.getByLabel('Ville')).toHaveValue('Rennes');
    await expect(page.getByLabel('ARS de rattachement')).toHaveValue('53');

    await page.getByRole('button', { name: 'Ajouter une mission' }).click();
    await page.getByRole('button', { name: 'Ajouter une mission' }).click();
    await page.getByRole('button', { name: 'Supprimer' }).last().click();
    const missions = page.getByRole('group', { name: /^Mission \d$/ });
    await expect(missions).toHaveCount(2);
    for (const [index, profession] of ['60', '313'].entries()) {
      const mission = missions.nth(index);
      await mission.getByLabel('Date de début').fill(day(3));
      await mission.getByLabel('Date de fin').fill(day(20));
      await mission.getByLabel('Profession demandée').selectOption(profession);
      await mission.getByLabel('Nombre').fill('2');
    }
    await missions.first().getByLabel('Disponible Weekend').check();
    await expect(valider).toBeEnabled();
    await valider.click();
    await expect(page.getByRole('dialog', { name: 'Votre besoin a bien été pris en compte' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Fermer' }).click();

    const login = await platform.activate(email);
    const missionsOf = await platform.call<{ items: { status: string; weekend: boolean }[] }>(
      'GET',
      '/api/missions',
      undefined,
      await platform.token(login),
    );
    expect(missionsOf.items.map((mission) => mission.status)).toEqual(['OPEN', 'OPEN']);
  });

  test('tells what is wrong at each field and in a summary, and loses nothing', async ({ page }) => {
    await page.goto('/structure/besoin');
    await page.getByLabel('Nom', { exact: true }).fill('Castel');
    await page.getByLabel('Date de début').fill(day(5));
    await page.getByLabel('Date de fin').fill(day(3));
    await page.getByRole('button', { name: 'Valider', exact: true }).click({ force: true });
    const summary = page.getByText(/champs sont à corriger/);
    await expect(summary).toBeVisible();
    await expect(page.locator('.ds-error-summary')).toBeFocused();
    await expect(
      page.getByText('La date de fin ne peut pas précéder la date de début.').first(),
    ).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Saisissez votre prénom.' }).click();
    await expect(page.getByLabel('Prénom')).toBeFocused();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Castel');
    await page.getByRole('button', { name: 'Annuler' }).click();
    await page.getByRole('button', { name: 'Effacer la saisie' }).click();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('');
  });

  test('takes a CEDEX, and the API’s own refusals at their fields', async ({ page }) => {
    await page.goto('/structure/besoin');
    await page.getByLabel('Code postal').fill('35033');
    await page.getByLabel('Ville').fill('Brest CEDEX 9');
    await page.getByLabel('ARS de rattachement').selectOption('53');
    await page.getByLabel('Nom', { exact: true }).fill('Castel');
    await page.getByLabel('Prénom').fill('Nathalie');
    await page.getByLabel('Courriel').fill(address());
    await page.getByLabel('Téléphone').fill('02 61 91 27 40');
    await page.getByLabel('N° FINESS géographique').fill(finess());
    await page.getByLabel('Nom établissement').fill('Centre hospitalier Saint-Aubin');
    await page.getByLabel('Adresse').fill('14 avenue des Peupliers');
    await page.getByLabel('Date de début').fill(day(3));
    await page.getByLabel('Date de fin').fill(day(20));
    await page.getByLabel('Profession demandée').selectOption('60');
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByText('Un champ est à corriger')).toBeVisible();
    await expect(page.getByLabel('Ville')).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('Ville').fill('Rennes CEDEX 9');
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });

  test('a requester finds their establishment filled in and fixed', async ({ page, platform }) => {
    const requester = await platform.requester();
    await platform.signIn(page, requester);
    await page.goto('/structure/besoin');
    await expect(page.getByLabel('N° FINESS géographique')).toHaveValue(requester.finess);
    await expect(page.getByLabel('N° FINESS géographique')).toHaveAttribute('readonly', '');
    await expectAccessible(page);
    await page.getByLabel('Date de début').fill(day(3));
    await page.getByLabel('Date de fin').fill(day(20));
    await page.getByLabel('Profession demandée').selectOption('60');
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await page.getByRole('button', { name: 'Fermer' }).click();
    await expect(page).toHaveURL('/structure');
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/structure/besoin');
    await expect(page.getByLabel('Profession demandée')).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});
