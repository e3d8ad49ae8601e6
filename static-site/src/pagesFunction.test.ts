import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// the distribution's own function (template.yaml): plain JavaScript, run here as it stands there
const template = readFileSync(new URL('../../template.yaml', import.meta.url), 'utf8');
const code = /FunctionCode: \|\n((?: {8}.*\n)+)/.exec(template)?.[1] ?? '';
const handler = new Function(`${code}; return handler;`)() as (event: { request: { uri: string } }) => {
  uri: string;
};

describe('the paths that the distribution asks the bucket for', () => {
  it.each([
    ['/', '/index.html'],
    ['/mot-de-passe', '/index.html'],
    ['/structure/missions/1.2/candidats', '/index.html'],
    ['/assets/index-1a2b.js', '/assets/index-1a2b.js'],
    ['/robots.txt', '/robots.txt'],
  ])('%s is %s', (path, file) => {
    expect(handler({ request: { uri: path } }).uri).toBe(file);
  });
});
