// Lighthouse on the first page of a running platform, as a phone on a slow network: npm run lighthouse [ADDRESS]
// Fails below the bars. Lighthouse is fetched when it is asked for, and is no part of the installation.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';

const BARS = { performance: 95, accessibility: 100, 'best-practices': 100 };
const MOST_SHIFT = 0.05;

const address = process.argv[2] ?? 'http://127.0.0.1:8080/';
const report = join(mkdtempSync(join(tmpdir(), 'lighthouse-')), 'report.json');
execFileSync(
  'npx',
  [
    '--yes',
    'lighthouse@12.8.2',
    address,
    '--quiet',
    '--output=json',
    `--output-path=${report}`,
    `--only-categories=${Object.keys(BARS).join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? (await chromium.executablePath()) },
  },
);
const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'));
let missed = false;
for (const [name, bar] of Object.entries(BARS)) {
  const score = Math.round(categories[name].score * 100);
  missed ||= score < bar;
  console.log(`${name}: ${score} (at least ${bar})`);
}
const shift = audits['cumulative-layout-shift'].numericValue;
missed ||= shift > MOST_SHIFT;
console.log(`layout shift: ${shift.toFixed(3)} (at most ${MOST_SHIFT})`);
for (const name of ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time']) {
  console.log(`${name}: ${audits[name].displayValue}`);
}
for (const audit of Object.values(audits)) {
  if (audit.score !== null && audit.score < 1 && audit.scoreDisplayMode === 'binary') {
    console.log(`not met: ${audit.title}`);
  }
}
process.exit(missed ? 1 : 0);
