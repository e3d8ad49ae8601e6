import { createHash, randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';

export { expect };

/** A password that the rules take. */
export const PASSWORD = 'Genets-Ajoncs-2027';

/** The password of the demonstration's logins: `ars.<region>@exemple.fr`, `national@exemple.fr`. */
export const DEMONSTRATION = 'Demonstration-2026';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Somebody with a login. */
export interface Login {
  email: string;
  password: string;
}

/** A page of a PDF document, small and valid enough. */
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** The day so many days from today, as `<input type="date">` takes it. */
export function day(fromToday: number): string {
  const at = new Date();
  at.setDate(at.getDate() + fromToday);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** An address that nobody has. */
export function address(): string {
  return `e2e.${randomBytes(6).toString('hex')}@example.org`;
}

/** A FINESS number that nobody has: eight figures and their key. */
export function finess(departement = '35'): string {
  return luhn(`${departement}${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`);
}

/** Figures as letters, for a name that nobody has: names hold no figures. */
export function letters(figures: string): string {
  return [...figures].map((figure) => 'abcdefghij'.charAt(Number(figure))).join('');
}

/** An RPPS number that nobody has. */
export function rpps(): string {
  return luhn(`10${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`);
}

function luhn(body: string): string {
  let sum = 0;
  [...body].reverse().forEach((figure, place) => {
    const doubled = Number(figure) * (place % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return body + String((10 - (sum % 10)) % 10);
}

/** What tests prepare and look up beside the page: by the API and the mails, as anybody could. */
export class Platform {
  constructor(private readonly http: APIRequestContext) {}

  async call<T = unknown>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
    const response = await this.http.fetch(path, {
      method,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      ...(body === undefined ? {} : { data: body }),
    });
    const text = await response.text();
    if (!response.ok()) {
      throw new Error(`${method} ${path}: ${response.status()} ${text}`);
    }
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** An access token. */
  async token({ email, password }: Login): Promise<string> {
    const session = await this.call<{ accessToken: string }>('POST', '/api/sessions', {
      email,
      password,
      keepSignedIn: false,
    });
    return session.accessToken;
  }

  agency(region = '53'): Login {
    return { email: `ars.${region}@exemple.fr`, password: DEMONSTRATION };
  }

  national(): Login {
    return { email: 'national@exemple.fr', password: DEMONSTRATION };
  }

  /** The last mail of a subject to an address, once it is there. */
  async mail(to: string, subject: string | RegExp): Promise<Mail> {
    let found: Mail | undefined;
    await expect
      .poll(async () => {
        const mails = await this.call<Mail[]>('GET', `/_local/mails?to=${encodeURIComponent(to)}`);
        found = mails.findLast((mail) =>
          typeof subject === 'string' ? mail.subject.includes(subject) : subject.test(mail.subject),
        );
        return found !== undefined;
      })
      .toBe(true);
    return found as Mail;
  }

  /** The path of the last link sent to an address, with its token. */
  async link(to: string, subject: string | RegExp = /Activation|Réinitialisation/): Promise<string> {
    const { text } = await this.mail(to, subject);
    const url = /https?:\/\/\S+#token=\S+/.exec(text)?.[0];
    if (!url) {
      throw new Error(`No link in « ${text} »`);
    }
    return url.replace(/^https?:\/\/[^/]+/, '');
  }

  /** Sets the first password by the link of the activation mail. */
  async activate(email: string): Promise<Login> {
    const token = (await this.link(email)).split('#token=')[1];
    await this.call('POST', '/api/passwords', { token, password: PASSWORD });
    return { email, password: PASSWORD };
  }

  /** Uploads a document; its id. */
  async upload(fileName = 'identite.pdf', content = PDF): Promise<string> {
    const slot = await this.call<{
      documentId: string;
      upload: { url: string; method: string; headers: Record<string, string> };
    }>('POST', '/api/documents', {
      fileName,
      contentType: 'application/pdf',
      size: content.length,
      sha256: createHash('sha256').update(content).digest('base64'),
    });
    const sent = await this.http.fetch(slot.upload.url, {
      method: slot.upload.method,
      headers: slot.upload.headers,
      data: content,
    });
    expect(sent.ok()).toBe(true);
    return slot.documentId;
  }

  /** A volunteer with a login: a nurse of Rennes who is free from yesterday on, unless `changes` say otherwise. */
  async volunteer(changes: Record<string, unknown> = {}): Promise<Login & { id: string }> {
    const email = address();
    await this.call('POST', '/api/professionals', {
      lastName: 'Kerbrat',
      firstName: 'Solène',
      email,
      phone: '02 61 91 12 34',
      region: '53',
      profession: '60',
      identifierType: 'RPPS',
      identifier: rpps(),
      activityType: 'SALARIED',
      postalCode: '35000',
      city: 'Rennes',
      vehicle: true,
      nursingHome: true,
      intensiveCare: false,
      vaccination: false,
      availabilities: [{ start: day(-1), weekdays: true, weekend: true }],
      mobility: ['LOCAL'],
      identityDocumentId: await this.upload(),
      consent: true,
      ...changes,
    });
    const login = await this.activate(email);
    const me = await this.call<{ professionalId: string }>(
      'GET',
      '/api/me',
      undefined,
      await this.token(login),
    );
    return { ...login, id: me.professionalId };
  }

  /** A mission as forms send it. */
  mission(changes: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      start: day(2),
      end: day(16),
      profession: '60',
      count: 1,
      vehicle: false,
      weekend: false,
      nursingHome: false,
      intensiveCare: false,
      ...changes,
    };
  }

  /** A requester of an establishment of Rennes with a login, approved by the ARS unless said otherwise. */
  async requester(
    missions: Record<string, unknown>[] = [this.mission()],
    { approved = true } = {},
  ): Promise<Login & { finess: string; missions: string[] }> {
    const email = address();
    const number = finess();
    await this.call('POST', '/api/needs', {
      requester: { lastName: 'Leroux', firstName: 'Camille', email, phone: '02 61 91 00 12' },
      establishment: {
        finess: number,
        name: 'EHPAD des Genêts',
        address: '12 rue des Genêts',
        postalCode: '35000',
        city: 'Rennes',
        region: '53',
      },
      missions,
    });
    const login = await this.activate(email);
    if (approved) {
      const agency = await this.token(this.agency());
      await this.call('PUT', `/api/establishments/${number}/approval`, { approved: true }, agency);
    }
    const own = await this.call<{ items: { id: string; start: string }[] }>(
      'GET',
      '/api/missions?limit=100',
      undefined,
      await this.token(login),
    );
    return { ...login, finess: number, missions: own.items.map((mission) => mission.id) };
  }

  /** Opens a session in the browser without the login page. */
  async signIn(page: Page, { email, password }: Login): Promise<void> {
    const opened = await page.context().request.post('/api/sessions', {
      data: { email, password, keepSignedIn: false },
    });
    expect(opened.ok()).toBe(true);
    await page.addInitScript(() => {
      if (!sessionStorage.getItem('e2e')) {
        sessionStorage.setItem('e2e', 'signed in');
        localStorage.setItem('renfort.session', 'opened');
      }
    });
  }
}

/** Nothing to find for axe, by WCAG 2.0 to 2.2, A and AA, and its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // what is still fading in has no contrast yet
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished),
    ).then(() => undefined),
  );
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)])).toEqual([]);
}

/** No page needs to be moved sideways, down to 360 px. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider).toBeLessThanOrEqual(0);
}

/** A test with the platform at hand; an error in the browser's console fails it. */
export const test = base.extend<{ platform: Platform; quietConsole: void }>({
  platform: async ({ request }, use) => {
    await use(new Platform(request));
  },
  quietConsole: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        // a refused request is told by the page; the browser's own line about it is no fault
        if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) {
          errors.push(message.text());
        }
      });
      await use();
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});
