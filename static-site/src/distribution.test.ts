import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// the distribution's own functions (template.yaml): plain JavaScript, run here as they stand there
const template = readFileSync(new URL('../../template.yaml', import.meta.url), 'utf8');

interface Asked {
  uri: string;
  headers: Record<string, { value: string }>;
}

function functionOf(name: string) {
  const resource = template.slice(template.indexOf(`\n  ${name}:\n`));
  const code = /FunctionCode: \|\n((?: {8}.*\n)+)/.exec(resource)?.[1] ?? '';
  return new Function(`${code}; return handler;`)() as (event: {
    viewer: { ip: string };
    request: Asked;
  }) => Asked;
}

const viewer = { ip: '2001:db8::7' };

describe('the paths that the distribution asks the bucket for', () => {
  it.each([
    ['/', '/index.html'],
    ['/mot-de-passe', '/index.html'],
    ['/structure/missions/1.2/candidats', '/index.html'],
    ['/assets/index-1a2b.js', '/assets/index-1a2b.js'],
    ['/robots.txt', '/robots.txt'],
  ])('%s is %s', (path, file) => {
    expect(functionOf('SitePages')({ viewer, request: { uri: path, headers: {} } }).uri).toBe(file);
  });
});

describe('the address of who calls the API', () => {
  it('is the one that the distribution sees, whatever the client says', () => {
    const headers = { 'x-viewer-address': { value: '198.51.100.1' } };
    const asked = functionOf('ViewerAddress')({ viewer, request: { uri: '/api/me', headers } });
    expect(asked.headers['x-viewer-address']).toEqual({ value: '2001:db8::7' });
    expect(asked.uri).toBe('/api/me');
  });
});
