/** The checks of the API's identifiers, so that a slip is told while typing. */

/** ISO/IEC 7812-1 over all digits. */
function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, figure, place) => {
    const weighted = place % 2 === 0 ? Number(figure) : Number(figure) * 2;
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}

const compact = (text: string) => text.replaceAll(' ', '').toUpperCase();

/** What is wrong with a FINESS number, in words; undefined when nothing is. 2A counts as 21, 2B as 22. */
export function finessFault(text: string): string | undefined {
  const number = compact(text);
  if (number.length !== 9) {
    return `Un numéro FINESS compte 9 caractères, vous en avez saisi ${number.length}.`;
  }
  return /^(\d\d|2[AB])\d{7}$/.test(number) && luhn(number.replace('A', '1').replace('B', '2'))
    ? undefined
    : 'Ce numéro FINESS n’existe pas : vérifiez chaque chiffre.';
}

/** What is wrong with an RPPS or ADELI number. */
export function identifierFault(type: string, text: string): string | undefined {
  const number = compact(text);
  switch (type) {
    case 'RPPS':
      if (!/^\d*$/.test(number)) {
        return 'Un numéro RPPS ne contient que des chiffres.';
      }
      if (number.length !== 11) {
        return `Un numéro RPPS compte 11 chiffres, vous en avez saisi ${number.length}.`;
      }
      return luhn(number) ? undefined : 'Ce numéro RPPS n’existe pas : vérifiez chaque chiffre.';
    case 'ADELI':
      return /^[0-9A-Z]{9}$/.test(number)
        ? undefined
        : `Un numéro ADELI compte 9 chiffres ou lettres, vous en avez saisi ${number.length}.`;
    default:
      return undefined;
  }
}

const FRENCH_PHONE = /^(0|\+33|\+262|\+590|\+594|\+596|\+508)[1-9]\d{7,8}$/;

/** What is wrong with a phone number; the API knows the ranges, this the shape. */
export function phoneFault(text: string): string | undefined {
  return FRENCH_PHONE.test(text.replaceAll(/[ .()-]/g, '').replace(/^00/, '+'))
    ? undefined
    : 'Saisissez un numéro français, comme 06 12 34 56 78 ou +262 692 12 34 56.';
}

/** What is wrong with an e-mail address, as far as a page can tell. */
export function emailFault(text: string): string | undefined {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim())
    ? undefined
    : 'Saisissez une adresse complète, comme prenom.nom@exemple.fr.';
}

/** A rule of react-hook-form from a function that says what is wrong. */
export function holds(fault: (text: string) => string | undefined) {
  return { validate: (text: unknown) => (typeof text === 'string' && text ? (fault(text) ?? true) : true) };
}
