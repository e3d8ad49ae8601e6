import type { ReactNode } from 'react';
import { Button } from '@digdir/designsystemet-react';
import { PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useReference } from '../api/reference';
import { CheckField, Named, RadioField, SelectField, TextField } from '../ui/fields';
import { inYears, today } from '../ui/format';
import { holds, identifierFault, phoneFault } from '../ui/identifiers';
import { personFault, placeFault } from '../ui/names';
import { Section } from '../ui/Page';
import { PlaceFields } from '../ui/PlaceFields';
import { DocumentField } from './DocumentField';
import { NEW_PERIOD, type ProfessionalValues } from './professional';

const MOST_PERIODS = 12;
const MOST_CHARACTERS = 255;

/**
 * All fields of a volunteer's sheet, in titled sections, with the guide's labels and help.
 *
 * @param contact the field of the e-mail: typed at registration, fixed afterwards
 * @param documents what is said of the documents that are there; undefined at registration
 */
export function ProfessionalFields({ contact, documents }: { contact: ReactNode; documents?: ReactNode }) {
  const form = useFormContext<ProfessionalValues>();
  const reference = useReference().data;
  const [profession, identifierType] = form.watch(['profession', 'identifierType']);
  const specialities = reference?.professions.find(({ code }) => code === profession)?.specialities ?? [];
  const choices = (list: { code: string; label: string }[] = []) =>
    list.map(({ code, label }) => ({ value: code, label }));
  return (
    <>
      <Section id="vous" number={1} title="Vous">
        <div className="grid2">
          <TextField
            name="lastName"
            label="Nom"
            autoComplete="family-name"
            required="Saisissez votre nom."
            rules={holds(personFault)}
          />
          <TextField
            name="firstName"
            label="Prénom"
            autoComplete="given-name"
            required="Saisissez votre prénom."
            rules={holds(personFault)}
          />
          {contact}
          <TextField
            name="phone"
            label="Téléphone"
            type="tel"
            autoComplete="tel"
            help="C’est l’établissement qui vous appelle."
            required="Saisissez votre téléphone."
            rules={holds(phoneFault)}
          />
        </div>
      </Section>
      <Section
        id="profession"
        number={2}
        title="Votre profession"
        lead="Celle que vous exercez ou que vous étudiez. Le statut étudiant se précise dans le type d’activité."
      >
        <div className="grid2">
          <SelectField
            name="profession"
            label="Profession"
            help="Si vous avez une autorisation exceptionnelle de vacciner : « profession éligible pour vacciner »."
            options={choices(reference?.professions)}
            required="Choisissez votre profession."
            rules={{ onChange: () => form.setValue('speciality', '') }}
          />
          <SelectField
            name="speciality"
            label="Spécialité"
            empty="Sans spécialité"
            options={choices(specialities)}
          />
          <RadioField
            name="identifierType"
            label="Type d'identifiant"
            options={[
              { value: 'RPPS', label: 'RPPS' },
              { value: 'ADELI', label: 'ADELI' },
              { value: 'NONE', label: 'Aucun' },
            ]}
            required="Choisissez le type d’identifiant."
            rules={{ onChange: () => void form.trigger('identifier') }}
          />
          <TextField
            name="identifier"
            label={<Named required={identifierType !== 'NONE'}>Identifiant</Named>}
            help={
              identifierType === 'NONE'
                ? 'Sans objet : vous avez choisi « Aucun ».'
                : '11 chiffres pour le RPPS, 9 caractères pour l’ADELI.'
            }
            className="num"
            readOnly={identifierType === 'NONE'}
            rules={{
              validate: (identifier: string, values: object) => {
                const type = (values as ProfessionalValues).identifierType;
                if (type === 'NONE' || type === '') {
                  return true;
                }
                return identifier.trim() === ''
                  ? 'Saisissez votre identifiant, ou choisissez « Aucun ».'
                  : (identifierFault(type, identifier) ?? true);
              },
            }}
          />
          <SelectField
            name="activityType"
            label="Type d'activité"
            help="Votre situation aujourd’hui ; étudiant, si vous l’êtes."
            options={choices(reference?.activityTypes)}
            required="Choisissez votre type d’activité."
          />
          <TextField
            name="employer"
            label="Employeur"
            help="Retraité ou sans emploi : votre ancien employeur."
            autoComplete="organization"
            rules={holds(placeFault)}
          />
        </div>
      </Section>
      <Section
        id="lieu"
        number={3}
        title="Où vous pouvez aider"
        lead="La région où vous souhaitez être mobilisé en priorité n’est pas forcément celle où vous habitez. Elle oriente votre demande."
      >
        <div className="grid2">
          <SelectField
            name="region"
            label="Région"
            help="Où vous souhaitez être mobilisé."
            options={(reference?.regions ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            required="Choisissez la région où vous souhaitez être mobilisé."
          />
          <div className="full grid2">
            <PlaceFields />
          </div>
          <div className="full checks">
            <CheckField name="local" label="Je souhaite être mobilisé(e) localement" />
            <CheckField name="departmental" label="Je souhaite être mobilisé(e) au niveau départemental" />
            <CheckField name="national" label="J'accepte d'être mobilisé(e) au niveau national" />
            <CheckField name="vehicle" label="Véhicule personnel" />
          </div>
        </div>
      </Section>
      <Section id="experiences" number={4} title="Vos expériences">
        <div className="stack">
          <div className="opts pick">
            <CheckField outline name="nursingHome" label="Expérience en EHPAD" />
            <CheckField outline name="intensiveCare" label="Expérience en réanimation" />
            <CheckField outline name="vaccination" label="Aide pour la vaccination" />
          </div>
          <TextField
            multiline
            name="message"
            label="Message"
            help="Temps de trajet maximum, expériences… 255 caractères maximum."
            counter={MOST_CHARACTERS}
            rules={{
              maxLength: { value: MOST_CHARACTERS, message: 'Le message compte 255 caractères au maximum.' },
            }}
          />
        </div>
      </Section>
      <Section
        id="disponibilites"
        number={5}
        title="Vos disponibilités"
        lead="Laissez la date de fin vide si votre période n’est pas encore définie. Ni semaine ni week-end cochés : les deux."
      >
        <Periods />
      </Section>
      <Section
        id="documents"
        number={6}
        title="Vos documents"
        lead="Ils servent à vérifier votre identité et votre diplôme, et ne sont vus que par l’établissement qui vous recherche et votre ARS."
      >
        <div className="stack">
          {documents}
          <div className="grid2">
            <DocumentField
              name="identityDocumentId"
              label="Pièce d'identité"
              {...(documents ? {} : { required: 'Joignez votre pièce d’identité (5 Mo au maximum).' })}
            />
            <DocumentField name="diplomaId" label="Diplôme" help="Facultatif." />
          </div>
        </div>
      </Section>
    </>
  );
}

function Periods() {
  const form = useFormContext<ProfessionalValues>();
  const periods = useFieldArray({ control: form.control, name: 'availabilities' });
  const values = form.watch('availabilities');
  return (
    <div className="stack">
      {periods.fields.map((field, index) => (
        <fieldset className="period" key={field.id}>
          <legend className="ds-sr-only" id={`periode-${index}`}>
            Période {index + 1}
          </legend>
          <TextField
            name={`availabilities.${index}.start`}
            label="Date de début"
            type="date"
            className="num"
            min="2020-01-01"
            max={inYears(5)}
            required="Indiquez la date de début."
            rules={{
              validate: (start: string) =>
                start > inYears(5)
                  ? 'Indiquez un début dans les cinq ans.'
                  : !start || start >= '2020-01-01' || 'Indiquez un début à partir de 2020.',
            }}
          />
          <TextField
            name={`availabilities.${index}.end`}
            label="Date de fin"
            type="date"
            className="num"
            rules={{
              validate: (end: string) => {
                const start = values[index]?.start ?? '';
                if (end && start && end < start) {
                  return 'La date de fin ne peut pas précéder la date de début.';
                }
                if (end > inYears(5)) {
                  return 'Indiquez une fin dans les cinq ans, ou laissez ce champ vide.';
                }
                return !end || end >= today() || 'La date de fin est passée.';
              },
            }}
          />
          <div className="period__d">
            <CheckField name={`availabilities.${index}.weekdays`} label="Semaine" />
            <CheckField name={`availabilities.${index}.weekend`} label="Week-end" />
          </div>
          {periods.fields.length > 1 && (
            <Button
              variant="tertiary"
              data-color="danger"
              className="sm"
              aria-describedby={`periode-${index}`}
              onClick={() => periods.remove(index)}
            >
              <TrashIcon aria-hidden />
              Supprimer la période
            </Button>
          )}
        </fieldset>
      ))}
      {periods.fields.length < MOST_PERIODS && (
        <Button variant="secondary" className="sm fit" onClick={() => periods.append(NEW_PERIOD)}>
          <PlusIcon aria-hidden />
          Ajouter une période
        </Button>
      )}
    </div>
  );
}
