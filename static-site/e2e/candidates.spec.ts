import { expect, expectAccessible, letters, test, type Platform } from './platform';

/** A profession that no other test asks for keeps its candidates apart. */
async function scene(platform: Platform, profession: string, people: number, count = 1) {
  const volunteers = [];
  for (let i = 0; i < people; i++) {
    volunteers.push(
      await platform.volunteer({ profession, lastName: `Candidat ${letters(String(i + 1))}`, vehicle: true }),
    );
  }
  const requester = await platform.requester([platform.mission({ profession, count })]);
  return { volunteers, requester };
}

test.describe('Proposition de renfort', () => {
  test('a candidate is seen, contacted, validated, and released after a confirmation', async ({
    page,
    platform,
  }) => {
    const { volunteers, requester } = await scene(platform, '80', 2);
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    const table = page.getByRole('table', { name: /Proposition de renfort/ });
    await expect(table.getByRole('row')).toHaveCount(3);
    await expect(
      page.getByRole('row').filter({ hasText: 'Pédicure-podologue' }).getByRole('table'),
    ).toHaveCount(0);
    const row = table.getByRole('row').filter({ hasText: 'Candidat b' });
    await expect(row).toContainText('À VÉRIFIER');
    await expect(row).toContainText('km');
    await expectAccessible(page);

    await row.getByRole('button', { name: 'Voir la fiche' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet).toContainText(volunteers[0]?.email ?? '');
    await expect(sheet.getByRole('link', { name: /identite.pdf/ })).toBeVisible();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Fermer' }).click();

    await expect(page.getByRole('button', { name: 'Valider les candidatures' })).toBeDisabled();
    await row.getByRole('button', { name: 'Contacter', exact: true }).click();
    await expect(page.getByText(/vous est réservé jusqu’au/)).toBeVisible();
    await expect(row).toContainText('CONTACTÉ');
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Valider les candidatures' }).click();
    await expect(page.getByText(/candidature validée/)).toBeVisible();
    await expect(row).toContainText('AFFECTÉ');
    // the mission is full now, and its panel stays
    await expect(page.getByText(/Mission pourvue/)).toBeVisible();
    await platform.mail(volunteers[0]?.email ?? '', 'Affectation sur une mission de renfort');
    await expectAccessible(page);

    await row.getByRole('button', { name: 'Libérer' }).click();
    await page.getByRole('button', { name: 'Libérer cette affectation' }).click();
    await expect(page.getByText(/affectation libérée/)).toBeVisible();
    await expect(row).toContainText('À VÉRIFIER');
  });

  test('a refusal frees, and the wait after it is told', async ({ page, platform }) => {
    const { requester } = await scene(platform, '28', 1);
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await page.getByRole('button', { name: 'Contacter', exact: true }).click();
    await page.getByRole('checkbox', { name: /Candidat b/ }).check();
    await page.getByRole('button', { name: 'Refuser les candidatures' }).click();
    await expect(page.getByText(/candidature refusée/)).toBeVisible();
    await page.getByRole('button', { name: 'Contacter', exact: true }).click();
    await expect(page.getByText(/laissez passer 24 h/)).toBeVisible();
  });

  test('a lost race is told in words, and who is held elsewhere is shown without their address', async ({
    page,
    platform,
  }) => {
    const { volunteers, requester } = await scene(platform, '94', 1);
    const other = await platform.requester([platform.mission({ profession: '94' })]);
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Contacter', exact: true })).toBeVisible();
    await platform.call(
      'POST',
      `/api/missions/${other.missions[0]}/candidates/${volunteers[0]?.id}/contact`,
      undefined,
      await platform.token(other),
    );
    await page.getByRole('button', { name: 'Contacter', exact: true }).click();
    await expect(
      page.getByText(/Ce professionnel vient d'être contacté par un autre établissement/),
    ).toBeVisible();
    await expect(page.getByText(/contacté par un autre établissement, jusqu’au/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Contacter', exact: true })).toBeHidden();
    await page.getByRole('button', { name: 'Voir la fiche' }).click();
    await expect(page.getByRole('dialog')).not.toContainText(volunteers[0]?.email ?? 'x');
    await expectAccessible(page);
  });

  test('nobody answers: the near misses are told', async ({ page, platform }) => {
    await platform.volunteer({ profession: '31', vehicle: false });
    const requester = await platform.requester([platform.mission({ profession: '31', vehicle: true })]);
    await platform.signIn(page, requester);
    await page.goto('/structure');
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await expect(page.getByText('Aucun candidat ne répond aux critères de la mission.')).toBeVisible();
    await expect(page.getByText(/sans véhicule/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Annuler', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Choisir', exact: true })).toBeVisible();
  });
});
