import type { Schemas } from '../api/client';
import { frenchPhone } from '../ui/format';

export interface PeriodValues {
  start: string;
  end: string;
  weekdays: boolean;
  weekend: boolean;
}

/** A volunteer's sheet as its form holds it. */
export interface ProfessionalValues {
  lastName: string;
  firstName: string;
  email: string;
  phone: string;
  region: string;
  profession: string;
  speciality: string;
  identifierType: string;
  identifier: string;
  activityType: string;
  employer: string;
  postalCode: string;
  city: string;
  vehicle: boolean;
  nursingHome: boolean;
  intensiveCare: boolean;
  vaccination: boolean;
  message: string;
  availabilities: PeriodValues[];
  local: boolean;
  departmental: boolean;
  national: boolean;
  identityDocumentId: string;
  diplomaId: string;
  consent: boolean;
}

export const NEW_PERIOD: PeriodValues = { start: '', end: '', weekdays: false, weekend: false };

export const NEW_PROFESSIONAL: ProfessionalValues = {
  lastName: '',
  firstName: '',
  email: '',
  phone: '',
  region: '',
  profession: '',
  speciality: '',
  identifierType: '',
  identifier: '',
  activityType: '',
  employer: '',
  postalCode: '',
  city: '',
  vehicle: false,
  nursingHome: false,
  intensiveCare: false,
  vaccination: false,
  message: '',
  availabilities: [NEW_PERIOD],
  local: false,
  departmental: false,
  national: false,
  identityDocumentId: '',
  diplomaId: '',
  consent: false,
};

/** What the API takes of a sheet, without e-mail and consent; what is left empty is left out. */
export function sheetInput(values: ProfessionalValues): Schemas['ProfessionalUpdate'] {
  const optional = {
    speciality: values.speciality,
    identifier: values.identifierType === 'NONE' ? '' : values.identifier.trim(),
    employer: values.employer.trim(),
    message: values.message.trim(),
    identityDocumentId: values.identityDocumentId,
    diplomaId: values.diplomaId,
  };
  return {
    lastName: values.lastName,
    firstName: values.firstName,
    phone: values.phone,
    // the form's lists are the API's own: nothing else comes through
    region: values.region as Schemas['RegionCode'],
    profession: values.profession,
    identifierType: values.identifierType as Schemas['IdentifierType'],
    activityType: values.activityType as Schemas['ActivityType'],
    postalCode: values.postalCode.trim(),
    city: values.city,
    vehicle: values.vehicle,
    nursingHome: values.nursingHome,
    intensiveCare: values.intensiveCare,
    vaccination: values.vaccination,
    availabilities: values.availabilities.map(({ end, ...period }) => (end ? { ...period, end } : period)),
    mobility: [
      ...(values.local ? (['LOCAL'] as const) : []),
      ...(values.departmental ? (['DEPARTMENTAL'] as const) : []),
      ...(values.national ? (['NATIONAL'] as const) : []),
    ],
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
  };
}

/** The form of a sheet that is there. */
export function sheetValues(sheet: Schemas['ProfessionalSheet']): ProfessionalValues {
  return {
    ...NEW_PROFESSIONAL,
    lastName: sheet.lastName,
    firstName: sheet.firstName,
    email: sheet.email,
    phone: frenchPhone(sheet.phone).replaceAll('\u202f', ' '),
    region: sheet.region,
    profession: sheet.profession,
    speciality: sheet.speciality ?? '',
    identifierType: sheet.identifierType,
    identifier: sheet.identifier ?? '',
    activityType: sheet.activityType,
    employer: sheet.employer ?? '',
    postalCode: sheet.postalCode,
    city: sheet.city,
    vehicle: sheet.vehicle,
    nursingHome: sheet.nursingHome,
    intensiveCare: sheet.intensiveCare,
    vaccination: sheet.vaccination,
    message: sheet.message ?? '',
    availabilities: sheet.availabilities.map(({ end = '', ...period }) => ({ ...period, end })),
    local: sheet.mobility.includes('LOCAL'),
    departmental: sheet.mobility.includes('DEPARTMENTAL'),
    national: sheet.mobility.includes('NATIONAL'),
    consent: true,
  };
}
