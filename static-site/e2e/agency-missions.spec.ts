import { day, expect, expectAccessible, expectNoSidewaysScroll, letters, rpps, test } from './platform';

/** Missions of a made-up region's list, as the API gives them. */
function missions(from: number, to: number) {
  return Array.from({ length: to - from }, (_, at) => ({
    id: `m${String(from + at).padStart(19, '0')}`,
    start: '2027-01-11',
    end: '2027-01-31',
    profession: (from + at) % 2 ? '60' : '313',
    count: 2,
    vehicle: false,
    weekend: true,
    nursingHome: true,
    intensiveCare: false,
    filled: 0,
    held: 1,
    pushed: 0,
    status: 'OPEN',
    priority: 3,
    finess: '350000014',
    establishment: `Établissement ${from + at}`,
    city: 'Rennes',
    createdAt: '2026-11-22T15:30:00Z',
    requester: { email: 'c@example.org', lastName: 'Leroux', firstName: 'Camille', approved: true },
  }));
}

/** So many candidates of a mission, the pushed ones first. */
function candidates(many: number, pushed: string[]) {
  return Array.from({ length: many }, (_, at) => `c${at}`)
    .toSorted((one, other) => Number(pushed.includes(other)) - Number(pushed.includes(one)))
    .map((professionalId) => ({
      professionalId,
      lastName: `Nom-${professionalId}`,
      firstName: 'Inès',
      postalCode: '35000',
      city: 'Rennes',
      profession: '40',
      start: '2027-01-04',
      weekdays: true,
      weekend: true,
      nursingHome: true,
      intensiveCare: true,
      vehicle: true,
      identifierType: 'NONE',
      mobility: ['LOCAL'],
      status: 'TO_VERIFY',
      pushed: pushed.includes(professionalId),
      pushable: true,
      heldByOther: false,
      emailConfirmed: true,
      possibleDuplicate: false,
      distanceKm: 2,
      coveredDays: 5,
      missionDays: 5,
      reasons: [
        ...(pushed.includes(professionalId) ? ["Proposé par l'agence régionale ou le niveau national"] : []),
        'À 2 km',
        'Couvre toute la mission',
      ],
      shown: 'FULL',
    }));
}

test.describe('Missions de la région', () => {
  test('shows who asks for whom, and sets a priority at once', async ({ page, platform }) => {
    const requester = await platform.requester([platform.mission({ count: 3, nursingHome: true })], {
      approved: false,
    });
    await platform.signIn(page, platform.agency());
    await page.goto('/');
    await page.getByRole('link', { name: 'Renfort, accueil' }).click();
    await expect(page).toHaveURL('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    const row = page.getByRole('row', { name: 'EHPAD des Genêts' });
    await expect(row).toHaveCount(1);
    await expect(row).toContainText("Infirmier diplômé d'État");
    await expect(row).toContainText('EHPAD des Genêts, Rennes');
    await expect(row).toContainText('Camille Leroux, demandeur à approuver');
    await expect(row).toContainText('0/3');
    await expect(row).toContainText('Ouverte');
    await expectAccessible(page);

    await row.getByLabel('Priorité', { exact: true }).selectOption('1');
    await expect(page.getByText('Priorité 1 enregistrée.')).toBeVisible();
    await page.reload();
    await page.getByLabel('Rechercher').fill(requester.email);
    await expect(row.getByLabel('Priorité', { exact: true })).toHaveValue('1');
    await expect(row.getByRole('button', { name: 'Choisir', exact: true })).toHaveAccessibleDescription(
      /Infirmier.*EHPAD des Genêts/,
    );

    await page.getByLabel('Statut').selectOption({ label: 'Annulées' });
    await expect(page.getByText('Aucune mission ne correspond à ces filtres.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Effacer les filtres' }).click();
    await expect(row.first()).toBeVisible();
  });

  test('tells a priority that could not be set', async ({ page, platform }) => {
    const requester = await platform.requester([platform.mission({ start: day(1), end: day(3) })]);
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    const row = page.getByRole('row', { name: 'EHPAD des Genêts' });
    await expect(row).toHaveCount(1);
    // cancelled in another tab
    await platform.call(
      'DELETE',
      `/api/missions/${requester.missions[0]}`,
      undefined,
      await platform.token(requester),
    );
    await row.getByLabel('Priorité', { exact: true }).selectOption('2');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(row.getByLabel('Priorité', { exact: true })).toHaveValue('3');
    await expectAccessible(page);
  });

  test('pushes several candidates at once, and tells what became of each', async ({ page, platform }) => {
    const names = ['Alpha', 'Beta', 'Gamma'].map((one) => `${one}-${letters(rpps())}`);
    const people = [];
    for (const lastName of names) {
      people.push(await platform.volunteer({ lastName, profession: '95', mobility: [] }));
    }
    const requester = await platform.requester([platform.mission({ profession: '95', count: 2 })]);
    const mission = requester.missions[0] ?? '';
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    const row = page.getByRole('row', { name: 'Diététicien' });
    await row.getByRole('button', { name: 'Choisir', exact: true }).click();
    const panel = page.getByRole('region', { name: /^Candidats pour Diététicien/ });
    await expect(panel.getByRole('heading', { name: /^Candidats pour/ })).toBeFocused();
    const candidate = (at: number) => panel.getByRole('row', { name: names[at] ?? '' });
    await expect(candidate(0)).toContainText('À VÉRIFIER');
    await expect(candidate(0)).toContainText('35000 Rennes');
    // a table of its own, under the mission's row
    await expect(row.getByRole('table')).toHaveCount(0);
    await expect(panel.getByText(requester.email)).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Pousser' })).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page);

    await candidate(0).getByRole('button', { name: 'Voir la fiche', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: names[0] ?? '' });
    await expect(sheet).toContainText(people[0]?.email ?? '');
    await expect(sheet.getByRole('link', { name: /identite\.pdf/ })).toBeVisible();
    await expectAccessible(page);
    await sheet.getByRole('button', { name: 'Fermer' }).click();

    for (const at of [0, 1, 2]) {
      await candidate(at).getByRole('checkbox').check();
    }
    await expect(panel.getByText('3 candidats cochés.')).toBeVisible();
    // contacted by the establishment meanwhile
    await platform.call(
      'POST',
      `/api/missions/${mission}/candidates/${people[2]?.id}/contact`,
      undefined,
      await platform.token(requester),
    );
    await panel.getByRole('button', { name: 'Pousser' }).click();
    const told = panel.getByRole('listitem');
    await expect(told.filter({ hasText: names[0] ?? '' })).toContainText('candidature poussée');
    await expect(told.filter({ hasText: names[1] ?? '' })).toContainText('candidature poussée');
    await expect(told.filter({ hasText: names[2] ?? '' })).toContainText('non poussée');
    await expect(candidate(0)).toContainText('Poussé');
    await expect(candidate(0).getByRole('checkbox')).toHaveCount(0);
    await expect(candidate(2)).toContainText('CONTACTÉ');
    await expect(row).toContainText('2 poussés');
    await expectAccessible(page);
    await platform.mail(requester.email, 'Nouvelles propositions de renfort pour votre mission');
    await platform.mail(people[0]?.email ?? '', 'Votre candidature a été soumise à un établissement');

    await row.getByRole('button', { name: 'Annuler' }).click();
    await expect(panel).toBeHidden();
  });

  for (const width of [360, 1024, 1280]) {
    test(`tells what became of a push where one looks, after thirty rows at ${width} px`, async ({
      page,
      platform,
    }) => {
      const requester = await platform.requester([platform.mission({ profession: '40' })]);
      let pushed: string[] = [];
      await page.route('**/api/missions/*/candidates*', (route) =>
        route.fulfill({ json: { items: candidates(30, pushed) } }),
      );
      await page.route('**/api/missions/*/pushes', (route) => {
        pushed = (route.request().postDataJSON() as { professionalIds: string[] }).professionalIds;
        return route.fulfill({
          json: { results: pushed.map((professionalId) => ({ professionalId, outcome: 'PUSHED' })) },
        });
      });
      await page.route('**/api/missions/*/push-withdrawals', (route) => {
        const results = pushed.map((professionalId) => ({ professionalId, outcome: 'WITHDRAWN' }));
        pushed = [];
        return route.fulfill({ json: { results } });
      });
      await page.setViewportSize({ width, height: 800 });
      await platform.signIn(page, platform.agency());
      await page.goto('/ars/missions');
      await page.getByLabel('Rechercher').fill(requester.email);
      await page.getByRole('button', { name: 'Choisir', exact: true }).click();
      const panel = page.getByRole('region', { name: /^Candidats pour/ });
      const told = panel.getByRole('status').filter({ hasText: 'Nom-' });
      await panel.getByRole('row', { name: 'Nom-c20 ' }).getByRole('checkbox').check();
      await panel.getByRole('button', { name: 'Pousser' }).click();
      await expect(told).toHaveText('Nom-c20 Inès, candidature poussée');
      await expect(told).toBeFocused();
      await expect(panel.getByText('Poussé', { exact: true })).toBeVisible();
      await expect(told).toBeInViewport({ ratio: 1 });
      await expectAccessible(page);

      await panel.getByRole('button', { name: 'Ne plus pousser' }).click();
      await expect(told).toContainText('candidature retirée');
      await expect(told).toBeFocused();
      await expect(panel.getByText('Poussé', { exact: true })).toHaveCount(0);
      await expect(told).toBeInViewport({ ratio: 1 });
    });
  }

  test('warns of who is pushed elsewhere, and of who would go too far', async ({ page, platform }) => {
    const lastName = `Zeta-${letters(rpps())}`;
    const volunteer = await platform.volunteer({
      lastName,
      profession: '98',
      postalCode: '29200',
      city: 'Brest',
    });
    const requester = await platform.requester([
      platform.mission({ profession: '98' }),
      platform.mission({ profession: '98' }),
    ]);
    await platform.call(
      'POST',
      `/api/missions/${requester.missions[0]}/pushes`,
      { professionalIds: [volunteer.id] },
      await platform.token(platform.agency()),
    );
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    const mission = page.getByRole('row').filter({ hasText: '0 poussé' });
    await mission.getByRole('button', { name: 'Choisir', exact: true }).click();
    const row = page.getByRole('row', { name: lastName });
    await expect(row.getByText('Poussé sur une autre mission')).toBeVisible();
    await expect(row.getByText('Au-delà de sa mobilité')).toBeVisible();
    await expectAccessible(page);
  });

  test('lists the missions that nobody is approved to act for', async ({ page, platform }) => {
    const waiting = await platform.requester([platform.mission()], { approved: false });
    const approved = await platform.requester();
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Statut').selectOption({ label: 'Sans demandeur approuvé' });
    await page.getByLabel('Rechercher').fill(waiting.email);
    await expect(page.getByRole('row', { name: 'EHPAD des Genêts' })).toHaveCount(1);
    await page.getByLabel('Rechercher').fill(approved.email);
    await expect(page.getByText('Aucune mission ne correspond à ces filtres.')).toBeVisible();
  });

  test('keeps what is ticked when the network is cut, and sends the same push again', async ({
    page,
    platform,
  }) => {
    const lastName = `Delta-${letters(rpps())}`;
    const volunteer = await platform.volunteer({ lastName, profession: '92' });
    const requester = await platform.requester([platform.mission({ profession: '92' })]);
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    const panel = page.getByRole('region', { name: /^Candidats pour Orthoptiste/ });
    await panel.getByRole('row', { name: lastName }).getByRole('checkbox').check();
    const keys: (string | undefined)[] = [];
    await page.route('**/pushes', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length === 1) {
        // it arrives, but its answer is lost
        await route.fetch();
        await route.abort();
      } else {
        await route.continue();
      }
    });
    await panel.getByRole('button', { name: 'Pousser' }).click();
    await expect(panel.getByRole('alert')).toContainText('Pas de réponse du service');
    await expect(panel.getByRole('row', { name: lastName }).getByRole('checkbox')).toBeChecked();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Pousser' }).click();
    await expect(panel.getByRole('listitem').filter({ hasText: lastName }).first()).toContainText(
      'candidature poussée',
    );
    expect(keys[1]).toBe(keys[0]);
    await platform.mail(volunteer.email, 'Votre candidature a été soumise à un établissement');
    await expectAccessible(page);
  });

  test('says who nearly matches when nobody does', async ({ page, platform }) => {
    await platform.volunteer({ profession: '91', vehicle: false });
    const requester = await platform.requester([platform.mission({ profession: '91', vehicle: true })]);
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    const panel = page.getByRole('region', { name: /^Candidats pour Orthophoniste/ });
    await expect(panel).toContainText('Aucun candidat ne répond aux critères');
    await expect(panel.getByRole('listitem').first()).toContainText('véhicule');
    await expectAccessible(page);
  });

  test('pushes nobody for a mission that is filled meanwhile', async ({ page, platform }) => {
    const lastName = `Epsilon-${letters(rpps())}`;
    await platform.volunteer({ lastName, profession: '96' });
    const requester = await platform.requester([platform.mission({ profession: '96' })]);
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await page.getByLabel('Rechercher').fill(requester.email);
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    const panel = page.getByRole('region', { name: /^Candidats pour Psychomotricien/ });
    await panel.getByRole('row', { name: lastName }).getByRole('checkbox').check();
    await platform.call(
      'PUT',
      `/api/missions/${requester.missions[0]}/status`,
      { status: 'FILLED' },
      await platform.token(requester),
    );
    await panel.getByRole('button', { name: 'Pousser' }).click();
    await expect(panel.getByRole('listitem').filter({ hasText: lastName }).first()).toContainText(
      'la mission est pourvue',
    );
    await expect(page.getByRole('row', { name: 'Psychomotricien' })).toContainText('Pourvue');
    await page.getByRole('button', { name: 'Annuler' }).click();
    await page.getByRole('button', { name: 'Choisir', exact: true }).click();
    await expect(panel).toContainText('Cette mission n’est plus ouverte');
    await expect(panel.getByRole('button', { name: 'Pousser' })).toHaveCount(0);
    await expectAccessible(page);
  });

  test('sorts and filters a thousand missions within 100 ms', async ({ page, platform }) => {
    await page.route('**/api/regions/53/missions?*', (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
      return route.fulfill({
        json: { items: missions(from, from + 100), ...(from < 1000 ? { next: String(from + 100) } : {}) },
      });
    });
    await platform.signIn(page, platform.agency());
    await page.goto('/ars/missions');
    await expect(page.getByText('1000 premières missions')).toBeVisible();
    await expect(page.getByText('Page 1 sur 50')).toBeVisible();
    const took = (act: string) =>
      page.evaluate(async (what) => {
        const sort = [...document.querySelectorAll<HTMLButtonElement>('th button')].find(
          (button) => button.textContent === 'Établissement',
        );
        const search = document.querySelector<HTMLInputElement>('input[type=search]');
        if (!sort || !search) {
          throw new Error('The table has no sort, or no search');
        }
        const start = performance.now();
        if (what === 'sort') {
          sort.click();
        } else {
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(search, '999');
          search.dispatchEvent(new Event('input', { bubbles: true }));
        }
        while (!document.querySelector('tbody tr')?.textContent?.includes('Établissement 999')) {
          await new Promise(requestAnimationFrame);
          if (performance.now() - start > 5000) {
            throw new Error(`Nothing shown after: ${what}`);
          }
        }
        return performance.now() - start;
      }, act);
    await page.getByRole('button', { name: 'Établissement', exact: true }).click();
    expect(await took('sort')).toBeLessThan(100);
    await expect(page.getByRole('columnheader', { name: 'Établissement' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await page.getByRole('button', { name: 'Priorité', exact: true }).click();
    expect(await took('filter')).toBeLessThan(100);
    await expect(page.getByText('1 mission sur 1000')).toBeVisible();
    await page.getByLabel('Rechercher').fill('');
    await page.getByRole('button', { name: 'Page suivante' }).click();
    await expect(page.getByRole('row', { name: 'Établissement 20,' })).toBeVisible();
    await page.getByRole('button', { name: 'Charger la suite' }).click();
    await expect(page.getByText('Page 2 sur 55')).toBeVisible();
  });

  test('is a list of cards on a phone, where the national level chooses the region', async ({
    page,
    platform,
  }) => {
    const requester = await platform.requester();
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, platform.national());
    await page.goto('/ars/missions?region=53');
    await page.getByLabel('Rechercher').fill(requester.email);
    await expect(page.getByRole('row', { name: 'EHPAD des Genêts' })).toHaveCount(1);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
