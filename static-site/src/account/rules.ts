import table from '../../../functions/src/main/resources/renfort/accounts/password-rules.json';

/** One of the five rules of a password (R5), from the table that the functions use. */
export interface Rule {
  code: string;
  label: string;
  holds: (password: string) => boolean;
}

export const RULES: Rule[] = [
  {
    code: table.length.code,
    label: table.length.label,
    holds: (password) => {
      const length = [...password].length;
      return length >= table.length.min && length <= table.length.max;
    },
  },
  ...table.classes.map(({ code, characters, label }) => ({
    code,
    label,
    holds: (password: string) => [...password].some((one) => characters.includes(one)),
  })),
];
