import { get, useFormContext } from 'react-hook-form';
import { useReference } from '../api/reference';
import { CheckField, SelectField, TextField } from '../ui/fields';
import { frenchDate, inYears, today } from '../ui/format';

/**
 * The fields of one mission, as in the guide; `prefix` of their names, with its dot; `begun`, the start of a mission
 * that is edited, which may be past (R10).
 */
export function MissionFields({ prefix = '', begun }: { prefix?: string; begun?: string }) {
  const form = useFormContext();
  const values: unknown = form.watch();
  const reference = useReference().data;
  const start = String(get(values, `${prefix}start`) ?? '');
  const profession = String(get(values, `${prefix}profession`) ?? '');
  const specialities = reference?.professions.find((one) => one.code === profession)?.specialities ?? [];
  return (
    <div className="grid2">
      <TextField
        name={`${prefix}start`}
        label="Date de début"
        type="date"
        className="num"
        min={begun && begun < today() ? begun : today()}
        required="Indiquez la date de début."
        rules={{
          validate: (value: string) =>
            !value || value >= today() || value === begun || 'La date de début est passée.',
        }}
      />
      <TextField
        name={`${prefix}end`}
        label="Date de fin"
        type="date"
        className="num"
        min={today()}
        max={inYears(2)}
        required="Indiquez la date de fin."
        rules={{
          validate: (end: string) => {
            if (end && start && end < start) {
              return 'La date de fin ne peut pas précéder la date de début.';
            }
            if (end > inYears(2)) {
              return `Une mission se termine dans les deux ans : au plus tard le ${frenchDate(inYears(2))}.`;
            }
            return !end || end >= today() || 'La date de fin est passée.';
          },
        }}
      />
      <SelectField
        name={`${prefix}profession`}
        label="Profession demandée"
        options={(reference?.professions ?? []).map(({ code, label }) => ({ value: code, label }))}
        required="Choisissez la profession demandée."
        rules={{ onChange: () => form.setValue(`${prefix}speciality`, '') }}
      />
      <TextField
        name={`${prefix}count`}
        label="Nombre"
        help="De personnes recherchées."
        inputMode="numeric"
        className="num"
        required="Indiquez le nombre de personnes."
        rules={{
          validate: (count: string) =>
            (/^\d{1,3}$/.test(count) && Number(count) >= 1 && Number(count) <= 500) ||
            'Indiquez un nombre de 1 à 500.',
        }}
      />
      {specialities.length > 0 && (
        <SelectField
          name={`${prefix}speciality`}
          label="Spécialité"
          empty="Sans spécialité"
          options={specialities.map(({ code, label }) => ({ value: code, label }))}
        />
      )}
      <fieldset className="ds-fieldset full">
        <legend>Critères</legend>
        <p className="small muted">
          Le véhicule et l’expérience en EHPAD sont exigés des candidats ; le week-end et la réanimation les
          classent.
        </p>
        <div className="opts pick">
          <CheckField outline name={`${prefix}vehicle`} label="Véhicule personnel" />
          <CheckField outline name={`${prefix}weekend`} label="Disponible Weekend" />
          <CheckField outline name={`${prefix}nursingHome`} label="Expérience en EHPAD" />
          <CheckField outline name={`${prefix}intensiveCare`} label="Expérience en réanimation" />
        </div>
      </fieldset>
    </div>
  );
}
