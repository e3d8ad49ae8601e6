import {
  address,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  finess,
  PASSWORD,
  test,
} from './platform';

test.describe('Mot de passe', () => {
  test('the link of the mail sets it once, and leaves the address at once', async ({ page, platform }) => {
    const email = address();
    await platform.call('POST', '/api/needs', {
      requester: { lastName: 'Leroux', firstName: 'Camille', email, phone: '02 61 91 00 12' },
      establishment: {
        finess: finess(),
        name: 'EHPAD des Genêts',
        address: '12 rue des Genêts',
        postalCode: '35000',
        city: 'Rennes',
        region: '53',
      },
      missions: [platform.mission()],
    });
    const link = await platform.link(email);
    await page.goto(link);
    await expect(page).toHaveURL('/mot-de-passe');
    const password = page.getByLabel('Nouveau mot de passe', { exact: true });
    await password.fill('genets');
    await expect(page.getByText('une lettre minuscule (de a à z) : respecté')).toBeAttached();
    await expect(page.getByText('un chiffre : à faire')).toBeAttached();
    await expectAccessible(page);
    await password.fill(PASSWORD);
    await page.getByLabel('Confirmation du nouveau mot de passe').fill('autre');
    await page.getByRole('button', { name: 'Réinitialiser le mot de passe' }).click();
    await expect(page.getByText('Les deux mots de passe sont différents.').first()).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Confirmation du nouveau mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Réinitialiser le mot de passe' }).click();
    await expect(page.getByRole('heading', { name: 'Votre mot de passe a été réinitialisé' })).toBeVisible();
    await expectAccessible(page);

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('Nouveau mot de passe', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Confirmation du nouveau mot de passe').fill(PASSWORD);
    await page.getByRole('button', { name: 'Réinitialiser le mot de passe' }).click();
    await expect(page.getByRole('heading', { name: 'Ce lien n’est plus valable' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Demander un nouveau lien' }).click();
    await page.getByLabel("Email de l'utilisateur").fill(email);
    await page.getByRole('button', { name: 'Réinitialiser le mot de passe' }).click();
    await expect(page.getByText('Votre demande est prise en compte.')).toBeVisible();
    await expectAccessible(page);
    const again = await platform.link(email, 'Réinitialisation');
    expect(again).not.toBe(link);
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('/mot-de-passe#token=x');
    await expect(page.getByLabel('Nouveau mot de passe', { exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});
