import { expect, expectAccessible, expectNoSidewaysScroll, test } from './platform';

const STRUCTURE = "Je suis une structure sanitaire, sociale ou médico-sociale et j'ai besoin de renfort";
const PROFESSIONAL = 'Je suis un professionnel disponible pour travailler en renfort';

test.describe('Accueil', () => {
  test('opens two doors, with and without an account', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText("Ce n'est pas une plateforme d'emploi")).toBeVisible();
    await expectAccessible(page);
    for (const [door, form] of [
      [STRUCTURE, '/structure/besoin'],
      [PROFESSIONAL, '/professionnel/inscription'],
    ] as const) {
      const region = page.getByRole('region', { name: door });
      await region.getByRole('link', { name: "J'ai déjà un compte" }).click();
      await expect(page).toHaveURL('/connexion');
      await page.goBack();
      await region.getByRole('link', { name: "Je n'ai pas de compte" }).click();
      await expect(page).toHaveURL(form);
      await page.getByRole('link', { name: 'Renfort, accueil' }).click();
      await page.getByRole('link', { name: door, exact: true }).click();
      await expect(page).toHaveURL(form);
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await page.goBack();
    }
  });

  test('the word mark leads to the dashboard when signed in', async ({ page, platform }) => {
    await platform.signIn(page, await platform.requester());
    await page.goto('/faq');
    await expect(page.getByRole('link', { name: 'Tableau de bord' }).first()).toBeVisible();
    await page.getByRole('link', { name: 'Renfort, accueil' }).click();
    await expect(page).toHaveURL('/structure');
  });

  test('is walked through by the keyboard alone', async ({ page }) => {
    await page.goto('/');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: STRUCTURE, exact: true })).toBeFocused();
    const account = page.getByRole('button', { name: 'Compte', exact: true });
    await account.focus();
    await page.keyboard.press('Enter');
    await expect(account).toHaveAttribute('aria-expanded', 'true');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(account).toBeFocused();
    await expect(account).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: "S'authentifier", exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/connexion');
  });

  test('scrolls nowhere sideways, from a small phone to the widest screen and at twice the text', async ({
    page,
  }) => {
    await page.goto('/');
    for (const width of [320, 360, 768, 1024, 1920, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await expectNoSidewaysScroll(page);
  });

  test('keeps its doors in forced colours, and still without motion', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await page.goto('/');
    for (const door of [STRUCTURE, PROFESSIONAL]) {
      const box = page.getByRole('region', { name: door });
      await expect(box).toBeVisible();
      expect(await box.evaluate((element) => getComputedStyle(element).borderLeftStyle)).toBe('solid');
    }
    const durations = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        getComputedStyle(element)
          .transitionDuration.split(',')
          .map((duration) => Number.parseFloat(duration)),
      ),
    );
    expect(Math.max(...durations)).toBeLessThan(0.001);
  });

  test('does not move while it loads', async ({ page }) => {
    await page.addInitScript(() => {
      const seen = window as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          seen.shift += (entry as PerformanceEntry & { value: number }).value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.05);
  });
});
