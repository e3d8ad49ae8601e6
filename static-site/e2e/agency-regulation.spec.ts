import { expect, expectAccessible, expectNoSidewaysScroll, test, type Platform } from './platform';

/** A region that no other test is about. */
const REGION = '94';

async function set(platform: Platform, mode: string, holdHours = 36) {
  await platform.call(
    'PUT',
    `/api/regions/${REGION}/regulation`,
    { mode, holdHours },
    await platform.token(platform.national()),
  );
}

test.describe('Régulation', () => {
  test('tells what a mode changes before it is set', async ({ page, platform }) => {
    await set(platform, 'DIRECT');
    await platform.signIn(page, platform.agency(REGION));
    await page.goto('/ars/regulation');
    await expect(page.getByRole('region', { name: 'En vigueur' })).toContainText('Mise en relation directe');
    await expect(page.getByRole('radio', { name: 'Régulation nationale' })).toHaveCount(0);
    await expect(page.getByText('posée et levée par le niveau national seulement')).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Rien n’est changé')).toBeVisible();

    await page.getByRole('radio', { name: 'Régulation régionale' }).check();
    await page.getByLabel('Durée d’un contact').fill('24');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Passer en régulation régionale' });
    await expect(dialog).toContainText('ne verront plus que les candidats qui leur sont poussés');
    await expect(dialog).toContainText('pendant 24 h, au lieu de 36 h');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Ne rien changer' }).click();
    await expect(page.getByRole('region', { name: 'En vigueur' })).toContainText('Mise en relation directe');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByText('La régulation est enregistrée')).toBeVisible();
    await page.reload();
    const now = page.getByRole('region', { name: 'En vigueur' });
    await expect(now).toContainText('Régulation régionale depuis le');
    await expect(now).toContainText('pendant 24 h');
  });

  test('refuses hours out of bounds at their field', async ({ page, platform }) => {
    await set(platform, 'DIRECT');
    await platform.signIn(page, platform.agency(REGION));
    await page.goto('/ars/regulation');
    for (const wrong of ['11', '73', '24,5', '']) {
      await page.getByLabel('Durée d’un contact').fill(wrong);
      await page.getByRole('button', { name: 'Enregistrer' }).click();
      await expect(page.getByLabel('Durée d’un contact')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await expectAccessible(page);
    await page.getByLabel('Durée d’un contact').fill('72');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('dialog', { name: 'Passer la durée d’un contact à 72 h' })).toBeVisible();
  });

  test('leaves the national mode to the national level; an agency sets the hours meanwhile', async ({
    page,
    platform,
  }) => {
    await set(platform, 'DIRECT');
    await page.setViewportSize({ width: 360, height: 740 });
    await platform.signIn(page, platform.national());
    await page.goto(`/ars/regulation?region=${REGION}`);
    await expect(page.getByLabel('Région', { exact: true })).toHaveValue(REGION);
    await page.getByRole('radio', { name: 'Régulation nationale' }).check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Passer en régulation nationale' });
    await expect(dialog).toContainText('Seul le niveau national pourra lever ce mode.');
    await expectNoSidewaysScroll(page);
    await dialog.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByRole('region', { name: 'En vigueur' })).toContainText('Régulation nationale');

    await page.context().clearCookies();
    await platform.signIn(page, platform.agency(REGION));
    await page.goto('/ars/regulation');
    await expect(page.getByText('Seul le niveau national lève la régulation nationale')).toBeVisible();
    await expect(page.getByRole('radio')).toHaveCount(0);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('Durée d’un contact').fill('48');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByRole('region', { name: 'En vigueur' })).toContainText('pendant 48 h');
    await expect(page.getByRole('region', { name: 'En vigueur' })).toContainText('Régulation nationale');
  });
});
