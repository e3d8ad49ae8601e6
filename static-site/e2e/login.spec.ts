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

  test('after too many tries says how long to wait', async ({ page, platform }) => {
    const volunteer = await platform.volunteer();
    await expect
      .poll(
        async () => {
          // the browser's own requests: the platform's come from a device that has signed in before
          const answer = await page.request.post('/api/sessions', {
            data: { email: volunteer.email, password: 'Faux-2027-mais-long', keepSignedIn: false },
          });
          return answer.status();
        },
        { intervals: [1] },
      )
      .toBe(429);
    await page.goto('/connexion');
    await page.getByLabel("Email de l'utilisateur").fill(volunteer.email);
    await page.getByLabel('Mot de passe').fill(volunteer.password);
    await page.getByRole('button', { name: 'Connexion' }).click();
    await expect(page.getByRole('alert')).toContainText(/\d+ (minutes|secondes)/);
    await expectAccessible(page);
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

test.describe('A session', () => {
  test('is renewed without a word when its token is refused once', async ({ page, platform }) => {
    await platform.signIn(page, await platform.volunteer());
    await page.goto('/professionnel/donnees');
    await expect(page.getByRole('heading', { level: 1, name: 'Mes données' })).toBeVisible();
    let refused = 0;
    await page.route('**/api/professionals/me/export', (route) => {
      refused += 1;
      return refused === 1
        ? route.fulfill({ status: 401, json: { message: 'Unauthorized' } })
        : route.fallback();
    });
    const renewed = page.waitForResponse('**/api/sessions/refresh');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter mes données' }).click();
    expect((await renewed).status()).toBe(200);
    expect((await download).suggestedFilename()).toBe('renfort-mes-donnees.json');
    expect(refused).toBe(2);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('that ended in mid-form is opened again on the spot, and what was typed is still there', async ({
    page,
    platform,
    context,
  }) => {
    const volunteer = await platform.volunteer();
    await platform.signIn(page, volunteer);
    await page.goto('/professionnel');
    const message = page.getByRole('textbox', { name: /^Message/ });
    await message.fill('Je peux venir de nuit.');
    // the cookie is gone, and the token is refused as one that ended
    await context.clearCookies();
    let refused = 0;
    await page.route('**/api/professionals/me', (route) => {
      refused += 1;
      return refused === 1
        ? route.fulfill({ status: 401, json: { message: 'Unauthorized' } })
        : route.fallback();
    });
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Votre session a expiré' });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await expect(dialog.getByLabel("Email de l'utilisateur")).toHaveValue(volunteer.email);
    await dialog.getByLabel('Mot de passe').fill(volunteer.password);
    await dialog.getByRole('button', { name: 'Connexion' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(message).toHaveValue('Je peux venir de nuit.');
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect
      .poll(async () => {
        const token = await platform.token(volunteer);
        const sheet = await platform.call<{ message?: string }>(
          'GET',
          '/api/professionals/me',
          undefined,
          token,
        );
        return sheet.message;
      })
      .toBe('Je peux venir de nuit.');
  });

  test('kept open lasts thirty days, another one twelve hours', async ({ page, platform, context }) => {
    const volunteer = await platform.volunteer();
    for (const [kept, hours] of [
      [false, 12],
      [true, 30 * 24],
    ] as const) {
      await context.clearCookies();
      await page.goto('/connexion');
      await page.getByLabel("Email de l'utilisateur").fill(volunteer.email);
      await page.getByLabel('Mot de passe').fill(volunteer.password);
      await page.getByRole('checkbox', { name: 'Garder la session ouverte' }).setChecked(kept);
      const opened = page.waitForResponse('**/api/sessions');
      await page.getByRole('button', { name: 'Connexion' }).click();
      await opened;
      await expect(page).toHaveURL('/professionnel');
      const cookie = (await context.cookies(`${new URL(page.url()).origin}/api/sessions`))[0];
      const left = ((cookie?.expires ?? 0) - Date.now() / 1000) / 3600;
      expect(Math.abs(left - hours)).toBeLessThan(1);
      await page.evaluate(() => localStorage.clear());
    }
  });
});
