import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  letters,
  rpps,
  test,
  type Platform,
} from './platform';

/** A profession that no other test asks for keeps its candidates apart. */
async function scene(platform: Platform, profession: string) {
  const lastName = `Papier-${letters(rpps())}`;
  const volunteer = await platform.volunteer({ profession, lastName });
  const requester = await platform.requester([platform.mission({ profession })]);
  return { lastName, volunteer, requester };
}

test.describe('Vérification d’identité', () => {
  test('an establishment that holds somebody records the check, and the document is gone', async ({
    page,
    platform,
  }) => {
    const { lastName, requester } = await scene(platform, '86');
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: lastName });
    const sheet = page.getByRole('dialog', { name: lastName });
    await row.getByRole('button', { name: 'Voir la fiche' }).click();
    await expect(sheet.getByRole('link', { name: /identite.pdf/ })).toBeVisible();
    // proposed only: to be contacted first
    await expect(sheet.getByRole('button', { name: 'Pièce conforme' })).toHaveCount(0);
    await sheet.getByRole('button', { name: 'Fermer' }).click();

    await row.getByRole('button', { name: 'Contacter', exact: true }).click();
    await expect(row).toContainText('CONTACTÉ');
    await row.getByRole('button', { name: 'Voir la fiche' }).click();
    await sheet.getByRole('button', { name: 'Pièce conforme' }).click();
    const asked = page.getByRole('dialog', { name: /Pièce conforme/ });
    await expect(asked).toContainText('supprimés définitivement');
    await expectAccessible(page);
    await asked.getByRole('button', { name: 'Confirmer la pièce conforme' }).click();
    await expect(sheet).toContainText(/Identité vérifiée le .* par EHPAD des Genêts/);
    await expect(sheet).toContainText('Supprimé après la vérification');
    await expect(sheet.getByRole('link', { name: /identite.pdf/ })).toHaveCount(0);
    await expect(sheet.getByRole('button', { name: 'Pièce conforme' })).toHaveCount(0);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    // the agency reads the result, and who checked
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await row.getByRole('button', { name: 'Voir la fiche' }).click();
    await expect(sheet).toContainText(/Identité vérifiée le .* par EHPAD des Genêts/);
    await expect(sheet.getByRole('button', { name: 'Pièce non conforme' })).toHaveCount(0);
  });

  test('an agency rejects a document, and its owner is asked for another one', async ({ page, platform }) => {
    const { lastName, volunteer, requester } = await scene(platform, '315');
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await page
      .getByRole('row')
      .filter({ hasText: lastName })
      .getByRole('button', { name: 'Voir la fiche' })
      .click();
    const sheet = page.getByRole('dialog', { name: lastName });
    await sheet.getByRole('button', { name: 'Pièce non conforme' }).click();
    const asked = page.getByRole('dialog', { name: /Pièce non conforme/ });
    await expect(asked).toContainText('Un courriel demande à la personne');
    await asked.getByRole('button', { name: 'Confirmer la pièce non conforme' }).click();
    await expect(sheet).toContainText(/Pièce non conforme le .* par /);
    await expectAccessible(page);
    await platform.mail(volunteer.email, "Votre pièce d'identité est à renvoyer");
  });

  test('says why documents are not shown when the day’s limit is reached', async ({ page, platform }) => {
    const { lastName, requester } = await scene(platform, '317');
    await page.route('**/api/missions/*/candidates/*', async (route) => {
      const answer = await route.fetch();
      const { documents: _, ...sheet } = (await answer.json()) as { documents: unknown };
      await route.fulfill({ response: answer, json: { ...sheet, documents: [], documentsWithheld: true } });
    });
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await page
      .getByRole('row')
      .filter({ hasText: lastName })
      .getByRole('button', { name: 'Voir la fiche' })
      .click();
    const sheet = page.getByRole('dialog', { name: lastName });
    await expect(sheet).toContainText('Non affiché aujourd’hui');
    await expect(sheet).toContainText('seront affichés demain. Les coordonnées restent visibles.');
    await expect(sheet).toContainText('02 61 91 12 34'.replaceAll(' ', '\u202f'));
    await expect(sheet).not.toContainText('Aucun document');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
