import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';

// one platform for the whole run, on ports and data of its own; workers inherit what is chosen here
process.env.RENFORT_PORT ??= String(20_000 + 4 * Math.floor(Math.random() * 5_000));
process.env.RENFORT_DATA ??= mkdtempSync(join(tmpdir(), 'renfort-e2e-'));
const base = `http://127.0.0.1:${process.env.RENFORT_PORT}`;

/** The browser comes from npm; CHROMIUM names another one. Its flags for one process only make it fall over here. */
const executablePath = process.env.CHROMIUM ?? (await chromium.executablePath());
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--font-render-hinting=none',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // pictures are made when asked for
  ...(process.env.PICTURES ? { grep: /@pictures/ } : { grepInvert: /@pictures/ }),
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: base,
    actionTimeout: 15_000,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args },
  },
  webServer: {
    command: `../bin/start --port ${process.env.RENFORT_PORT} --data ${process.env.RENFORT_DATA}`,
    url: `${base}/api/reference`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
