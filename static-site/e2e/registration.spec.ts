import type { Page } from '@playwright/test';
import { address, day, expect, expectAccessible, expectNoSidewaysScroll, PDF, rpps, test } from './platform';

const FORM = '/professionnel/inscription';

async function fill(page: Page, email: string) {
  await page.getByLabel('Nom', { exact: true }).fill('Kerbrat');
  await page.getByLabel('Prénom', { exact: true }).fill('Solène');
  await page.getByLabel('Courriel', { exact: true }).fill(email);
  await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 41 27');
  await page.getByLabel('Profession', { exact: true }).selectOption('60');
  await page.getByRole('radio', { name: 'RPPS', exact: true }).check();
  await page.getByLabel('Identifiant', { exact: true }).fill(rpps());
  await page.getByLabel("Type d'activité", { exact: true }).selectOption('SALARIED');
  await page.getByLabel('Région', { exact: true }).selectOption('53');
  await page.getByLabel('Code postal', { exact: true }).fill('35000');
  await expect(page.getByLabel('Ville', { exact: true })).toHaveValue('Rennes');
  await page.getByLabel('Date de début').fill(day(1));
  await page.getByLabel('Semaine').check();
  await page.getByLabel(/^J'accepte d'être contacté/).check();
}

test.describe('Proposer mon aide', () => {
  test('a volunteer registers, with a document, and is told so by page and mail', async ({
    page,
    platform,
  }) => {
    const email = address();
    await page.goto(FORM);
    await expectAccessible(page);
    const valider = page.getByRole('button', { name: 'Valider', exact: true });
    await expect(valider).toBeDisabled();
    await fill(page, email);
    await page.getByLabel('Message', { exact: true }).fill('Dix ans de réanimation.');
    await expect(page.getByText('232 caractères restants')).toBeVisible();
    await expect(valider).toBeDisabled();
    await page
      .getByLabel("Pièce d'identité")
      .setInputFiles({ name: 'identite.pdf', mimeType: 'application/pdf', buffer: PDF });
    await expect(page.getByText(/identite.pdf est envoyé/)).toBeVisible();
    await expect(valider).toBeEnabled();
    await page.getByRole('button', { name: 'Ajouter une période' }).click();
    await expect(valider).toBeDisabled();
    await page.getByLabel('Date de début').last().fill(day(40));
    await page.getByLabel('Date de fin').last().fill(day(50));
    await valider.click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Votre demande de création de compte a bien été prise en compte');
    await expectAccessible(page);
    await platform.mail(email, 'Proposition de renfort prise en compte');
    const login = await platform.activate(email);
    const sheet = await platform.call<{ availabilities: unknown[]; message: string }>(
      'GET',
      '/api/professionals/me',
      undefined,
      await platform.token(login),
    );
    expect(sheet.availabilities).toHaveLength(2);
    expect(sheet.message).toBe('Dix ans de réanimation.');
    await dialog.getByRole('button', { name: 'Fermer' }).click();
    await expect(page).toHaveURL('/');
  });

  test('refuses a document of the wrong kind or size before sending it, in words', async ({ page }) => {
    await page.goto(FORM);
    const identity = page.getByLabel("Pièce d'identité");
    await identity.setInputFiles({ name: 'carte.txt', mimeType: 'text/plain', buffer: Buffer.from('non') });
    await expect(identity).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText(/« carte.txt » n’est pas d’un format accepté.*5 Mo/)).toBeVisible();
    await identity.setInputFiles({
      name: 'lourd.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.alloc(5 * 1024 * 1024 + 1, 1),
    });
    await expect(page.getByText(/dépasse les 5 Mo/)).toBeVisible();
    await expectAccessible(page);
    await identity.setInputFiles({ name: 'ok.pdf', mimeType: 'application/pdf', buffer: PDF });
    await expect(page.getByText(/ok.pdf est envoyé/)).toBeVisible();
    await expect(identity).not.toHaveAttribute('aria-invalid', 'true');
  });

  test('makes a photo smaller and takes out what the camera noted', async ({ page }) => {
    await page.goto(FORM);
    // a JPEG larger than 2 MB, drawn here, with a comment that must not leave
    const photo = Buffer.from(
      await page.evaluate(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 1800, height: 1350 });
        const brush = canvas.getContext('2d');
        const noise = brush?.createImageData(1800, 1350);
        noise?.data.forEach((_, at) => (noise.data[at] = (at * 2654435761) >>> 24));
        if (brush && noise) {
          brush.putImageData(noise, 0, 0);
        }
        return canvas.toDataURL('image/jpeg', 0.97).split(',')[1] ?? '';
      }),
      'base64',
    );
    const noted = Buffer.concat([
      photo.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0x00, 0x0f]),
      Buffer.from('RENNES-GPS-48'),
      photo.subarray(2),
    ]);
    expect(noted.length).toBeGreaterThan(2 * 1024 * 1024);
    const upload = page.waitForRequest((request) => request.method() === 'PUT');
    await page
      .getByLabel("Pièce d'identité")
      .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: noted });
    const sent = (await upload).postDataBuffer();
    await expect(page.getByText(/photo.jpg est envoyé .*au lieu de/)).toBeVisible();
    if (sent) {
      expect(sent.length).toBeLessThanOrEqual(2 * 1024 * 1024);
      expect(sent.includes('RENNES-GPS-48')).toBe(false);
    }
  });

  test('an upload that is cut is told in words and sent again, the form untouched', async ({ page }) => {
    await page.goto(FORM);
    await page.getByLabel('Nom', { exact: true }).fill('Kerbrat');
    await page.route('**/*', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.fallback(),
    );
    await page
      .getByLabel("Pièce d'identité")
      .setInputFiles({ name: 'identite.pdf', mimeType: 'application/pdf', buffer: PDF });
    await expect(page.getByText(/Pas de réponse du service/)).toBeVisible();
    await page.unroute('**/*');
    await page.getByRole('button', { name: /^Renvoyer/ }).click();
    await expect(page.getByText(/identite.pdf est envoyé/)).toBeVisible();
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Kerbrat');
  });

  test('a draft survives a reload, and Annuler clears it after asking', async ({ page }) => {
    await page.goto(FORM);
    await fill(page, address());
    await page.reload();
    await expect(page.getByLabel('Prénom', { exact: true })).toHaveValue('Solène');
    await expect(page.getByLabel('Ville', { exact: true })).toHaveValue('Rennes');
    await page.getByRole('button', { name: 'Annuler', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Effacer la saisie' }).click();
    await expect(page.getByLabel('Prénom', { exact: true })).toHaveValue('');
    await page.reload();
    await expect(page.getByLabel('Prénom', { exact: true })).toHaveValue('');
    // on the machine only when asked
    await page.getByLabel('Prénom', { exact: true }).fill('Anne');
    expect(await page.evaluate(() => localStorage.getItem('renfort.inscription'))).toBeNull();
    await page.getByLabel(/Garder ma saisie/).check();
    expect(await page.evaluate(() => localStorage.getItem('renfort.inscription'))).toContain('Anne');
  });

  test('a network cut at Valider loses nothing and is one registration in the end', async ({
    page,
    platform,
  }) => {
    const email = address();
    await page.goto(FORM);
    await fill(page, email);
    await page
      .getByLabel("Pièce d'identité")
      .setInputFiles({ name: 'identite.pdf', mimeType: 'application/pdf', buffer: PDF });
    await expect(page.getByText(/identite.pdf est envoyé/)).toBeVisible();
    // the answer is lost, the effect is not
    let lost = 0;
    await page.route('**/api/professionals', async (route) => {
      if (lost++ === 0) {
        await route.fetch();
        await route.abort();
      } else {
        await route.fallback();
      }
    });
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('Pas de réponse du service');
    await page.getByRole('button', { name: 'Valider', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    const mails = await platform.call<unknown[]>('GET', `/_local/mails?to=${encodeURIComponent(email)}`);
    await platform.mail(email, 'Activation');
    expect(mails.length).toBeLessThanOrEqual(2);
  });

  test('fits a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(FORM);
    await expect(page.getByLabel("Pièce d'identité")).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
});
