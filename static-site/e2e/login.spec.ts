import { expect, expectAccessible, expectNoSidewaysScroll, test } from './platform';

test.describe("S'authentifier", () => {
  test('leads a requester to the dashboard, and out again everywhere', async ({
    page,
    platform,
    context,
  }) => {
    const requester = await platform.requester();
    await page.goto('/');
    await page.getByRole('button', { name: 'Compte', exact: true }).click();
    await page.getByRole('link', { name: "S'authentifier", exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: "S'authentifier" })).toBeFocused();
    await expectAccessible(page);
    await page.getByLabel("Email de l'utilisateur").fill(requester.email);
    await page.getByLabel('Mot de passe').fill(requester.password);
    await page.getByRole('button', { name: 'Connexion' }).click();
    await expect(page).toHaveURL('/structure');

    const other = await context.newPage();
    await other.goto('/structure');
    await expect(other.getByRole('heading', { level: 1, name: 'Tableau de bord' })).toBeVisible();
    await page.getByRole('button', { name: 'Compte', exact: true }).click();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page).toHaveURL('/connexion');
    await expect(other).toHaveURL('/connexion');
    await page.reload();
    await page.goto('/structure');
    await expect(page).toHaveURL('/connexion');
  });

  test('tells a wrong password at once, keeps what was typed, and brings back where one wanted to go', async ({
    page,
    platform,
  }) => {
    const volunteer = await platform.volunteer();
    await page.goto('/professionnel/donnees');
    await expect(page).toHaveURL('/connexion');
    await page.getByLabel("Email de l'utilisateur").fill(volunteer.email);
    await page.getByLabel('Mot de passe').fill('Faux-2027-mais-long');
    await page.getByRole('button', { name: 'Connexion' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel("Email de l'utilisateur")).toHaveValue(volunteer.email);
    await expectAccessible(page);
    await page.getByLabel('Mot de passe').fill(volunteer.password);
    await page.getByRole('button', { name: 'Connexion' }).click();
    await expect(page).toHaveURL('/professionnel/donnees');
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/connexion');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Questions fréquentes' }).first()).toBeVisible();
    await expectAccessible(page);
  });
});
