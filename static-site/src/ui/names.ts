import table from '../../../functions/src/main/resources/renfort/web/names.json';

function fault(
  rule: { message: string; taken: string[]; refused: string[] },
  text: string,
): string | undefined {
  const name = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  const matches = (pattern: string) => new RegExp(pattern, 'u').test(name);
  return rule.taken.every(matches) && !rule.refused.some(matches) ? undefined : rule.message;
}

/** What is wrong with a person's name, in words; the functions use the same table. */
export const personFault = (text: string) => fault(table.person, text);

/** What is wrong with the name or address of an establishment or employer, which may be left out. */
export const placeFault = (text: string) => (text.trim() === '' ? undefined : fault(table.place, text));
