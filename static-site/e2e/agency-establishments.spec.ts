import { address, expect, expectAccessible, expectNoSidewaysScroll, finess, test } from './platform';

test.describe('Établissements', () => {
  test('approves a requester at once, then takes the approval back after a confirmation', async ({
    page,
    platform,
  }) => {
    const requester = await platform.requester([platform.mission()], { approved: false });
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByRole('link', { name: 'Établissements', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Établissements' })).toBeFocused();
    const row = page.getByRole('row', { name: requester.email });
    await expect(row).toContainText('En attente d’approbation');
    await expect(row).toContainText(requester.finess);
    await expectAccessible(page);

    const approve = row.getByRole('button', { name: 'Approuver', exact: true });
    await expect(approve).toHaveAccessibleDescription(/Camille Leroux.*EHPAD des Genêts/);
    await approve.click();
    await expect(row.getByText('Approuvé', { exact: true })).toBeVisible();
    await expect(approve).toBeHidden();
    await expect(row.getByRole('cell', { name: 'Approuvé', exact: true })).toBeFocused();
    await expect(page.getByRole('status').filter({ hasText: requester.email })).toContainText('est approuvé');
    await platform.mail(requester.email, 'Votre établissement est validé');
    await expectAccessible(page);

    await row.getByRole('button', { name: 'Retirer l’accès' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retirer l’accès de Camille Leroux' });
    await expect(dialog).toContainText(requester.email);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Ne rien changer' }).click();
    await expect(row.getByText('Approuvé', { exact: true })).toBeVisible();
    await row.getByRole('button', { name: 'Retirer l’accès' }).click();
    await dialog.getByRole('button', { name: 'Retirer l’accès' }).click();
    await expect(dialog).toBeHidden();
    await expect(row.getByRole('cell', { name: 'Refusé', exact: true })).toBeFocused();
    const me = await platform.call<{ establishment: { approved: boolean } }>(
      'GET',
      '/api/me',
      undefined,
      await platform.token(requester),
    );
    expect(me.establishment.approved).toBe(false);
    await expect(row.getByRole('button', { name: 'Approuver', exact: true })).toBeVisible();
  });

  test('shows how many people an establishment holds, and lets it hold more', async ({ page, platform }) => {
    const requester = await platform.requester();
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/etablissements');
    await page.getByLabel('Demandeurs', { exact: true }).selectOption({ label: 'Approuvés' });
    const row = page.getByRole('row', { name: requester.email });
    await expect(row).toContainText(/0.personne retenue sur 60 possibles · 0.contact aujourd’hui sur 200/);
    await row.getByRole('button', { name: 'Modifier les limites' }).click();
    const dialog = page.getByRole('dialog', { name: /^Limites de/ });
    await expect(dialog.getByRole('heading', { name: /^Limites de/ })).toBeFocused();
    await expectAccessible(page);
    await dialog.getByLabel('Personnes retenues à la fois').fill('501');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(dialog).toContainText('Indiquez un nombre entier, de 1 à 500.');
    await dialog.getByLabel('Personnes retenues à la fois').fill('120');
    await dialog.getByLabel('Contacts par jour').fill('300');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(dialog).toBeHidden();
    await expect(row).toContainText('sur 120 possibles');
    await expect(page.getByRole('status').filter({ hasText: 'sont enregistrées' })).toContainText('sur 300');
    await page.reload();
    await page.getByLabel('Demandeurs', { exact: true }).selectOption({ label: 'Approuvés' });
    await expect(row).toContainText('sur 120 possibles');
    await page.setViewportSize({ width: 360, height: 800 });
    await expectNoSidewaysScroll(page);
  });

  test('lists those to approve, or those approved; a page that fails says so and is tried again', async ({
    page,
    platform,
  }) => {
    const waiting = await platform.requester([platform.mission()], { approved: false });
    const approved = await platform.requester();
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/etablissements');
    await expect(page.getByRole('row', { name: waiting.email })).toBeVisible();
    await expect(page.getByRole('row', { name: approved.email })).toBeHidden();

    await page.route('**/establishments?status=APPROVED*', (route) => route.abort());
    await page.getByLabel('Demandeurs', { exact: true }).selectOption({ label: 'Approuvés' });
    await expect(page.getByRole('alert')).toContainText('Pas de réponse du service');
    await expectAccessible(page);
    await page.unroute('**/establishments?status=APPROVED*');
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await expect(page.getByRole('row', { name: approved.email })).toContainText('Approuvé');
    await expect(page.getByRole('row', { name: waiting.email })).toBeHidden();
    await page.getByLabel('Demandeurs', { exact: true }).selectOption({ label: 'Tous' });
    await expect(page.getByRole('row', { name: waiting.email })).toBeVisible();
  });

  test('leaves a number that two regions claim to the national level', async ({ page, platform }) => {
    // no département begins so
    const number = finess('99');
    const [rennes, nantes] = [address(), address()];
    const claim = (email: string, postalCode: string, city: string, region: string) =>
      platform.call('POST', '/api/needs', {
        requester: { lastName: 'Leroux', firstName: 'Camille', email, phone: '02 61 91 00 12' },
        establishment: {
          finess: number,
          name: 'EHPAD des Ormes',
          address: '1 rue des Ormes',
          postalCode,
          city,
          region,
        },
        missions: [platform.mission()],
      });
    await claim(rennes, '35000', 'Rennes', '53');
    const login = await platform.activate(rennes);
    await claim(nantes, '44000', 'Nantes', '52');
    await platform.mail(nantes, 'Activation');
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/etablissements');
    const row = page.getByRole('row', { name: rennes });
    await expect(row).toContainText('Début du numéro FINESS inconnu : à vérifier');
    await expect(row).toContainText('aussi demandé dans une autre région : le niveau national décide');
    await expect(row.getByRole('button', { name: 'Approuver', exact: true })).toHaveCount(0);
    await expect(row.getByRole('button', { name: 'Refuser', exact: true })).toBeVisible();
    await expect(page.getByText(nantes)).toHaveCount(0);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await platform.signIn(page, platform.national());
    await page.goto('/ars/etablissements?region=53');
    await row.getByRole('button', { name: 'Approuver', exact: true }).click();
    await expect(row.getByText('Approuvé', { exact: true })).toBeVisible();
    const me = await platform.call<{ establishment: { approved: boolean } }>(
      'GET',
      '/api/me',
      undefined,
      await platform.token(login),
    );
    expect(me.establishment.approved).toBe(true);
  });

  test('goes from page to page', async ({ page, platform }) => {
    await platform.signIn(page, platform.agency());
    const list = (name: string) => ({
      items: [
        {
          finess: '350000014',
          name,
          address: '12 rue des Genêts',
          postalCode: '35000',
          city: 'Rennes',
          requesters: [
            { email: 'camille@example.org', lastName: 'Leroux', firstName: 'Camille', status: 'PENDING' },
          ],
        },
      ],
    });
    await page.route('**/api/regions/53/establishments?*', (route) =>
      route.fulfill({
        json: route.request().url().includes('cursor=second')
          ? list('Deuxième')
          : { ...list('Premier'), next: 'second' },
      }),
    );
    await page.goto('/ars/etablissements');
    await expect(page.getByRole('row', { name: 'Premier' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Page suivante' }).click();
    await expect(page.getByRole('row', { name: 'Deuxième' })).toBeVisible();
    await page.getByRole('button', { name: 'Page précédente' }).click();
    await expect(page.getByRole('row', { name: 'Premier' })).toBeVisible();
  });

  test('serves the national level region by region, on a phone too', async ({ page, platform }) => {
    const requester = await platform.requester([platform.mission()], { approved: false });
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, platform.national());
    await page.goto('/ars/etablissements');
    await expect(page.getByText('Quelle région ?')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Région', { exact: true }).selectOption({ label: 'Bretagne' });
    await expect(page).toHaveURL('/ars/etablissements?region=53');
    await expect(page.getByRole('row', { name: requester.email })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('link', { name: 'Vivier', exact: true }).click();
    await expect(page).toHaveURL('/ars/vivier?region=53');
  });
});
