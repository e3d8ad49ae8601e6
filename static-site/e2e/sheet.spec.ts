import { day, expect, expectAccessible, expectNoSidewaysScroll, PDF, test } from './platform';

test.describe('Ma fiche', () => {
  test('a volunteer lands on the sheet, changes it, and turns unavailable at once', async ({
    page,
    platform,
  }) => {
    const volunteer = await platform.volunteer();
    await page.goto('/connexion');
    await page.getByLabel("Email de l'utilisateur").fill(volunteer.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(volunteer.password);
    await page.getByRole('button', { name: 'Connexion' }).click();
    await expect(page).toHaveURL('/professionnel');
    await expect(page.getByLabel('Compte', { exact: true }).last()).toHaveValue(volunteer.email);
    await expect(page.getByLabel('Profession', { exact: true })).toHaveValue('60');
    await expect(page.getByLabel('Ville', { exact: true })).toHaveValue('Rennes');
    await expectAccessible(page);
    await page.getByLabel('Employeur', { exact: true }).fill('Clinique des Marais');
    await page
      .getByLabel('Diplôme', { exact: true })
      .setInputFiles({ name: 'diplome.pdf', mimeType: 'application/pdf', buffer: PDF });
    await expect(page.getByText(/diplome.pdf est envoyé/)).toBeVisible();
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByText('Votre fiche est enregistrée.')).toBeVisible();
    await expect(page.getByText('Diplôme : diplome.pdf')).toBeVisible();

    const available = page.getByRole('switch', { name: 'Disponible', exact: true });
    await expect(available).toBeChecked();
    await available.click();
    await expect(page.getByText(/Votre fiche n’est plus proposée/)).toBeVisible();
    const token = await platform.token(volunteer);
    await expect
      .poll(
        async () =>
          (await platform.call<{ available: boolean }>('GET', '/api/professionals/me', undefined, token))
            .available,
      )
      .toBe(false);
    await page.reload();
    await expect(available).not.toBeChecked();
    await expect(page.getByLabel('Employeur', { exact: true })).toHaveValue('Clinique des Marais');
  });

  test('a sheet changed elsewhere is told, and nothing typed is lost', async ({ page, platform }) => {
    const volunteer = await platform.volunteer();
    await platform.signIn(page, volunteer);
    await page.goto('/professionnel');
    await page.getByLabel('Nom', { exact: true }).fill('Le Goff');
    const token = await platform.token(volunteer);
    const {
      email: _email,
      available: _available,
      emailConfirmed: _confirmed,
      reference: _reference,
      documents: _documents,
      ...sheet
    } = await platform.call<Record<string, unknown>>('GET', '/api/professionals/me', undefined, token);
    await platform.call('PUT', '/api/professionals/me', { ...sheet, firstName: 'Anne' }, token);
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByText(/modifiée entre-temps/)).toBeVisible();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Le Goff');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByText('Votre fiche est enregistrée.')).toBeVisible();
  });

  test('fits a phone', async ({ page, platform }) => {
    await platform.signIn(page, await platform.volunteer());
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/professionnel');
    await expect(page.getByLabel('Employeur', { exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});

test.describe('Mes candidatures', () => {
  test('a contact and a push are told in plain words and can be declined', async ({ page, platform }) => {
    const volunteer = await platform.volunteer();
    const requester = await platform.requester([
      platform.mission(),
      platform.mission({ start: day(30), end: day(40) }),
    ]);
    await platform.signIn(page, volunteer);
    await page.goto('/professionnel/candidatures');
    await expect(page.getByRole('heading', { name: 'Aucune candidature pour l’instant' })).toBeVisible();
    await expectAccessible(page);
    const token = await platform.token(requester);
    const [first = '', second = ''] = requester.missions;
    const agency = await platform.token(platform.agency());
    await platform.call(
      'POST',
      `/api/missions/${second}/pushes`,
      { professionalIds: [volunteer.id] },
      agency,
    );
    await platform.call(
      'POST',
      `/api/missions/${first}/candidates/${volunteer.id}/contact`,
      undefined,
      token,
    );
    await page.reload();
    await expect(page.getByText(/Vous lui êtes réservé jusqu’au/)).toBeVisible();
    await expect(page.getByText(/a été poussée vers cet établissement/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Décliner', exact: true }).first().click();
    await expect(page.getByText('Vous avez décliné cette mission.')).toBeVisible();
  });

  test('an affectation is declined only after a confirmation', async ({ page, platform }) => {
    const volunteer = await platform.volunteer();
    const requester = await platform.requester();
    const token = await platform.token(requester);
    const path = `/api/missions/${requester.missions[0]}`;
    await platform.call('POST', `${path}/candidates/${volunteer.id}/contact`, undefined, token);
    await platform.call('POST', `${path}/affectations`, { professionalIds: [volunteer.id] }, token);
    await platform.signIn(page, volunteer);
    await page.goto('/professionnel/candidatures');
    await page.getByRole('button', { name: 'Décliner', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Décliner l’affectation' }).click();
    await expect(page.getByText('Vous avez décliné cette mission.')).toBeVisible();
  });
});

test.describe('Mes données', () => {
  test('are exported to a file, then erased with the account', async ({ page, platform }) => {
    const volunteer = await platform.volunteer();
    await platform.signIn(page, volunteer);
    await page.goto('/professionnel/donnees');
    await expectAccessible(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter mes données' }).click();
    expect((await download).suggestedFilename()).toBe('renfort-mes-donnees.json');
    await page.getByRole('button', { name: 'Effacer mes données' }).click();
    await expectAccessible(page);
    await page.getByLabel('Votre mot de passe').fill(volunteer.password);
    await page.getByRole('button', { name: 'Effacer définitivement' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Votre compte est effacé' })).toBeVisible();
    await page.goto('/professionnel');
    await expect(page).toHaveURL('/connexion');
  });

  test('of a requester likewise', async ({ page, platform }) => {
    const requester = await platform.requester();
    await platform.signIn(page, requester);
    await page.goto('/structure/donnees');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Effacer mes données' }).click();
    await page.getByLabel('Votre mot de passe').fill(requester.password);
    await page.getByRole('button', { name: 'Effacer définitivement' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Votre compte est effacé' })).toBeVisible();
  });
});
