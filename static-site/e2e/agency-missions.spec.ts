import { day, expect, expectAccessible, expectNoSidewaysScroll, test } from './platform';

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
