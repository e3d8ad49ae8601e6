// What a visitor downloads, compressed: fails when the first page or the whole grows beyond its budget.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const FIRST_PAGE = 120;
const ALL = 300;

const kilobytes = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length / 1000;
const html = readFileSync('dist/index.html', 'utf8');
const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
// what the entry imports statically is loaded with it, even when the page does not name it
for (const file of first) {
  for (const [, name] of readFileSync(`dist/${file}`, 'utf8').matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) {
    if (!first.includes(`assets/${name}`)) {
      first.push(`assets/${name}`);
    }
  }
}
const sum = (files) => files.reduce((total, file) => total + kilobytes(file), 0);
const all = readdirSync('dist/assets').filter((file) => file.endsWith('.js'));
const sizes = {
  'first page': [sum(first), FIRST_PAGE],
  all: [sum(all.map((file) => `assets/${file}`)), ALL],
};
for (const [what, [size, budget]] of Object.entries(sizes)) {
  console.log(`JavaScript, ${what}: ${size.toFixed(1)} kB of ${budget} kB (gzip)`);
}
if (Object.values(sizes).some(([size, budget]) => size > budget)) {
  process.exit(1);
}
