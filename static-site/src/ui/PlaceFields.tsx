import { useEffect } from 'react';
import { get, useFormContext } from 'react-hook-form';
import { useCommunes, type Commune } from '../api/reference';
import { SelectField, TextField } from './fields';

const NONE: Commune[] = [];

/**
 * Postcode and city. The cities are those of the postcode, the only one is chosen at once; with `cedex` a postcode that
 * no commune has lets the city be written, as in the address.
 *
 * @param prefix of the fields' names, with its dot
 * @param onCommune told of the region of the city that is chosen
 */
export function PlaceFields({
  prefix = '',
  cedex = false,
  onCommune,
}: {
  prefix?: string;
  cedex?: boolean;
  onCommune?: (region: string) => void;
}) {
  const form = useFormContext();
  const values: unknown = form.watch();
  const postalCode = String(get(values, `${prefix}postalCode`) ?? '').trim();
  const city = String(get(values, `${prefix}city`) ?? '');
  const communes = useCommunes(postalCode);
  const found = communes.data ?? NONE;
  const written = cedex && communes.isSuccess && found.length === 0;
  const only = found.length === 1 ? found[0]?.name : undefined;
  const region = found.find((commune) => commune.name === city)?.region;

  useEffect(() => {
    if (only && city !== only) {
      form.setValue(`${prefix}city`, only, { shouldValidate: true });
    } else if (found.length > 1 && city && !found.some((commune) => commune.name === city)) {
      form.setValue(`${prefix}city`, '', { shouldValidate: form.formState.isSubmitted });
    }
  }, [only, found, city, form, prefix]);
  useEffect(() => {
    if (region) {
      onCommune?.(region);
    }
    // told once per city
    // oxlint-disable-next-line react/exhaustive-deps
  }, [region]);

  return (
    <>
      <TextField
        name={`${prefix}postalCode`}
        label="Code postal"
        inputMode="numeric"
        autoComplete="postal-code"
        maxLength={5}
        className="num"
        required="Saisissez le code postal."
        rules={{ pattern: { value: /^\s*\d{5}\s*$/, message: 'Un code postal compte 5 chiffres.' } }}
        help={
          communes.isSuccess && found.length === 0 && !cedex
            ? 'Aucune commune n’a ce code postal.'
            : undefined
        }
      />
      {written ? (
        <TextField
          name={`${prefix}city`}
          label="Ville"
          help="Avec un code CEDEX, écrivez la ville comme dans l’adresse : Rennes CEDEX 7."
          autoComplete="address-level2"
          required="Saisissez la ville."
        />
      ) : (
        <SelectField
          name={`${prefix}city`}
          label="Ville"
          empty={found.length === 0 ? 'Saisissez d’abord le code postal' : 'Choisir'}
          options={found.map((commune) => ({ value: commune.name, label: commune.name }))}
          autoComplete="address-level2"
          required="Choisissez la ville."
        />
      )}
    </>
  );
}
