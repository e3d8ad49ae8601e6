import { readFile } from 'node:fs/promises';
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

  test('are read in words: candidacies, who looked, consent, mails', async ({ page, platform }) => {
    const volunteer = await platform.volunteer();
    const requester = await platform.requester();
    const token = await platform.token(requester);
    const path = `/api/missions/${requester.missions[0]}/candidates`;
    await platform.call('GET', `${path}?limit=100`, undefined, token);
    await platform.call('GET', `${path}/${volunteer.id}`, undefined, token);
    await platform.call('POST', `${path}/${volunteer.id}/contact`, undefined, token);
    await platform.signIn(page, volunteer);
    await page.goto('/professionnel/donnees');
    await page.getByRole('link', { name: 'Lire mes données' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Toutes mes données' })).toBeVisible();
    const section = (name: string) => page.getByRole('region', { name, exact: true });
    await expect(section('Identité et coordonnées')).toContainText(volunteer.email);
    await expect(section('Inscription')).toContainText(
      /Consentement donné\s*\d\d\/\d\d\/\d{4} à \d+\sh\s\d\d/,
    );
    await expect(section('Documents').getByRole('row')).toHaveCount(2);
    await expect(section('Candidatures')).toContainText('vous a contacté ou va vous appeler');
    await expect(
      section('Sollicitations').getByRole('row', { name: /Contacté pour une mission .+, Rennes/ }),
    ).toHaveCount(1);
    await expect(section('Qui a consulté votre fiche ou vos documents')).toContainText('Fiche consultée');
    await expect(section('Historique du compte et de la fiche')).toContainText('Mot de passe défini');
    const mails = section('Courriels qui vous ont été adressés');
    await expect(mails.getByRole('row', { name: /Activation de votre compte Renfort/ })).toContainText(
      'envoyé',
    );
    await expectAccessible(page);
    // a few seconds late: written behind the journal
    await expect(async () => {
      await page.reload();
      await expect(section('Qui vous a vu dans une liste').getByRole('row')).toHaveCount(2);
    }).toPass();
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('button', { name: 'Imprimer' })).toBeHidden();
    await expect(section('Candidatures')).toBeVisible();
  });

  test('are read answer after answer, and after a fault from where it stopped', async ({
    page,
    platform,
  }) => {
    await platform.signIn(page, await platform.volunteer());
    const cursors: (string | null)[] = [];
    let fails = true;
    await page.route('**/api/professionals/me/export*', async (route) => {
      const cursor = new URL(route.request().url()).searchParams.get('cursor');
      cursors.push(cursor);
      if (cursor === 'deux' && fails) {
        await route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          json: { title: 'Panne.' },
        });
        return;
      }
      const url = new URL(route.request().url());
      url.searchParams.delete('cursor');
      const whole = (await (await route.fetch({ url: url.href })).json()) as Record<string, unknown[]>;
      const mails = (subject: string) => [{ at: '2026-11-22T15:30:02Z', subject, outcome: 'SENT' }];
      await route.fulfill({
        json:
          cursor === 'deux'
            ? { ...whole, candidacies: [], lists: [], journal: [], mails: mails('Courriel de la fin') }
            : { ...whole, mails: mails('Courriel du début'), next: 'deux' },
      });
    });
    await page.goto('/professionnel/donnees/lecture');
    await expect(page.getByText(/La lecture s’est arrêtée après \d+\slignes/)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Candidatures' })).toHaveCount(0);
    await expectAccessible(page);
    fails = false;
    await page.getByRole('button', { name: 'Reprendre la lecture' }).click();
    await expect(page.getByRole('row', { name: /Courriel du début/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /Courriel de la fin/ })).toBeVisible();
    expect(cursors).toEqual([null, 'deux', 'deux']);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Enregistrer le fichier (JSON)' }).click();
    const file = JSON.parse(await readFile(await (await saved).path(), 'utf8')) as Record<string, unknown[]>;
    expect(file.mails).toHaveLength(2);
    expect(file.next).toBeUndefined();
  });

  test('of a requester are read likewise', async ({ page, platform }) => {
    const requester = await platform.requester();
    await platform.signIn(page, requester);
    await page.goto('/structure/donnees');
    await page.getByRole('link', { name: 'Lire mes données' }).click();
    await expect(page.getByRole('region', { name: 'Établissement' })).toContainText('Numéro FINESS');
    await expect(page.getByRole('region', { name: 'Missions que vous avez déposées' })).toContainText(
      'ouverte',
    );
    await expect(page.getByRole('region', { name: /^Courriels/ })).toContainText('envoyé');
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
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
