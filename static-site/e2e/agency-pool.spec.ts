import { day, expect, expectAccessible, expectNoSidewaysScroll, letters, rpps, test } from './platform';

/** A region that no other test fills. */
const REGION = '02';
const LIVES = { region: REGION, postalCode: '97200', city: 'Fort-de-France' };

test.describe('Vivier', () => {
  test('shows volunteers with their marks, and filters them', async ({ page, platform }) => {
    const identifier = rpps();
    const name = `Pavot-${letters(identifier)}`;
    await platform.volunteer({ ...LIVES, lastName: name, identifier, mobility: ['LOCAL', 'NATIONAL'] });
    await platform.volunteer({
      ...LIVES,
      lastName: 'Doublon',
      identifier,
      availabilities: [{ start: day(0), end: day(5), weekdays: false, weekend: true }],
    });
    const away = await platform.volunteer({ ...LIVES, lastName: 'Absente', profession: '313' });
    await platform.call(
      'PUT',
      '/api/professionals/me/availability',
      { available: false },
      await platform.token(away),
    );
    await platform.signIn(page, platform.agency(REGION));
    await page.goto('/ars/vivier');
    const row = page.getByRole('row', { name });
    await expect(row).toContainText("Infirmier diplômé d'État");
    await expect(row).toContainText('97200 Fort-de-France');
    await expect(row).toContainText('mobilité locale, nationale');
    await expect(row).toContainText('Disponible');
    await expect(row).toContainText('Doublon possible');
    await expect(page.getByRole('row', { name: 'Doublon Solène' })).toContainText('week-ends seulement');
    const absent = page.getByRole('row', { name: 'Absente' }).first();
    await expect(absent).toContainText('Indisponible');
    await expectAccessible(page);

    await page.getByLabel('Disponibilité', { exact: true }).selectOption({ label: 'Disponibles' });
    await expect(absent).toBeHidden();
    await expect(row).toBeVisible();
    await page.getByLabel('Profession', { exact: true }).selectOption({ label: 'Aide-soignant' });
    await page.getByLabel('Disponibilité', { exact: true }).selectOption({ label: 'Indisponibles' });
    await expect(absent).toBeVisible();
    await expect(row).toBeHidden();
    await page.getByLabel('Profession', { exact: true }).selectOption({ label: 'Médecin' });
    await expect(page.getByText('Personne ne correspond à ces filtres')).toBeVisible();
    await expectAccessible(page);
  });

  test('tells who is held, and who has not confirmed; goes on when the API gives short pages', async ({
    page,
    platform,
  }) => {
    const person = (id: string, changes: object) => ({
      professionalId: id,
      lastName: `Nom-${id}`,
      firstName: 'Inès',
      postalCode: '97200',
      city: 'Fort-de-France',
      profession: '60',
      nursingHome: true,
      intensiveCare: true,
      vehicle: true,
      mobility: [],
      available: true,
      emailConfirmed: true,
      possibleDuplicate: false,
      availabilities: [{ start: '2027-01-04', weekdays: true, weekend: true }],
      ...changes,
    });
    const working = person('c', {
      engagement: { start: day(-3), end: day(4), establishment: 'EHPAD des Genêts' },
    });
    const booked = person('d', { engagement: { start: day(20), end: day(30) } });
    const pages: Record<string, object> = {
      first: { items: [], next: 'second' },
      second: { items: [person('a', { heldUntil: '2027-01-05T11:00:00Z' })], next: 'third' },
      third: { items: [person('b', { emailConfirmed: false }), working, booked] },
    };
    await page.route(`**/api/regions/${REGION}/professionals?*`, (route) =>
      route.fulfill({
        json: pages[new URL(route.request().url()).searchParams.get('cursor') ?? 'first'] ?? {},
      }),
    );
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, platform.agency(REGION));
    await page.goto('/ars/vivier');
    await expect(page.getByRole('row', { name: 'Nom-a' })).toContainText(/jusqu’au 05\/01\/2027 à 12.h.00/);
    await expect(page.getByRole('row', { name: 'Nom-b' })).toContainText('Courriel non confirmé');
    await expect(page.getByRole('row', { name: 'Nom-b' })).toContainText('à partir du 04/01/2027');
    const french = (fromToday: number) => day(fromToday).split('-').reverse().join('/');
    const atWork = page.getByRole('row', { name: 'Nom-c' });
    await expect(atWork).toContainText(`Affectédu ${french(-3)} au ${french(4)}, EHPAD des Genêts`);
    await expect(atWork.getByText('Disponible', { exact: true })).toHaveCount(0);
    const later = page.getByRole('row', { name: 'Nom-d' });
    await expect(later).toContainText(`Affectédu ${french(20)} au ${french(30)}`);
    await expect(later.getByText('Disponible', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    const asked = page.waitForRequest(/\/professionals\?(?=.*engaged=true)(?!.*available)/);
    await page.getByLabel('Disponibilité', { exact: true }).selectOption({ label: 'Affectés' });
    await asked;
  });
});
