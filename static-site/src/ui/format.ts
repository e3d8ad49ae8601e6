/** Dates and times as people read them: jj/mm/aaaa, and times in their own zone. */

const NARROW = '\u202f';

/** `2026-12-01` as « 01/12/2026 ». */
export function frenchDate(date: string): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}

/** « du 01/12/2026 au 14/12/2026 », « à partir du 01/12/2026 » without an end. */
export function frenchPeriod(start: string, end?: string): string {
  if (!end) {
    return `à partir du ${frenchDate(start)}`;
  }
  return start === end ? `le ${frenchDate(start)}` : `du ${frenchDate(start)} au ${frenchDate(end)}`;
}

const dayOf = new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric' });
const timeOf = new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });

/** An instant in the zone of whoever reads: « 02/12/2026 à 19 h 40 ». */
export function frenchInstant(instant: string): string {
  const at = new Date(instant);
  return `${dayOf.format(at)} à ${timeOf.format(at).replace(':', `${NARROW}h${NARROW}`)}`;
}

/** Today as an `<input type="date">` has it, in the zone of whoever reads. */
export function today(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The same day some years on; from 29 February, the 28th. */
export function inYears(years: number, day = today()): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(year) + years}-${month}-${month === '02' && date === '29' && years % 4 !== 0 ? '28' : date}`;
}

/** The time left until an instant: « encore 5 h », « encore 40 min », « terminé ». */
export function timeLeft(until: string, now = Date.now()): string {
  const minutes = Math.floor((Date.parse(until) - now) / 60_000);
  if (minutes < 0) {
    return 'terminé';
  }
  return minutes < 60 ? `encore ${minutes}${NARROW}min` : `encore ${Math.floor(minutes / 60)}${NARROW}h`;
}

/** « 1 personne », « 2 personnes »; zero is singular in French. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number}\u00a0${Math.abs(number) < 2 ? one : many}`;
}

/** A number of days in words: « 7 jours », « 6 mois », « 2 ans ». */
export function lifetime(days: number): string {
  if (days >= 365 && days % 365 === 0) {
    return count(days / 365, 'an');
  }
  if (days >= 60 && days % 30 === 0) {
    return `${days / 30}\u00a0mois`;
  }
  return count(days, 'jour');
}

/** Octets in words: « 850 ko », « 3,4 Mo ». */
export function size(bytes: number): string {
  if (bytes < 1024 * 1024) {
    return `${Math.max(1, Math.round(bytes / 1024))}${NARROW}ko`;
  }
  return `${(bytes / (1024 * 1024)).toFixed(1).replace('.', ',').replace(',0', '')}${NARROW}Mo`;
}

/** `+33612345678` as « 06 12 34 56 78 »; overseas numbers keep their prefix. */
export function frenchPhone(phone: string): string {
  const pairs = (digits: string) => digits.replace(/(\d\d)(?=\d)/g, `$1${NARROW}`);
  if (phone.startsWith('+33')) {
    return pairs(`0${phone.slice(3)}`);
  }
  const overseas = /^(\+\d{3})(\d{9})$/.exec(phone);
  return overseas ? pairs(`0${overseas[2]}`) : phone;
}

/** Without accents and capitals, as people type when they look for something. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase();
}
