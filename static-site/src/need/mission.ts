import type { Schemas } from '../api/client';
import { today } from '../ui/format';

/** A mission as its form holds it. */
export interface MissionValues {
  start: string;
  end: string;
  profession: string;
  speciality: string;
  count: string;
  vehicle: boolean;
  weekend: boolean;
  nursingHome: boolean;
  intensiveCare: boolean;
}

export const NEW_MISSION: MissionValues = {
  start: '',
  end: '',
  profession: '',
  speciality: '',
  count: '1',
  vehicle: false,
  weekend: false,
  nursingHome: false,
  intensiveCare: false,
};

/** As the API takes it. */
export function missionInput({ speciality, count, ...rest }: MissionValues): Schemas['MissionInput'] {
  return { ...rest, count: Number(count), ...(speciality ? { speciality } : {}) };
}

/** The form of a mission that is there, to be edited. */
export function missionValues(mission: Schemas['MissionInput']): MissionValues {
  return {
    start: mission.start,
    end: mission.end,
    profession: mission.profession,
    speciality: mission.speciality ?? '',
    count: String(mission.count),
    vehicle: mission.vehicle,
    weekend: mission.weekend,
    nursingHome: mission.nursingHome,
    intensiveCare: mission.intensiveCare,
  };
}

/** The form of a copy: of a mission that has begun, it begins today (R10). */
export function copyOf(mission: Schemas['MissionInput']): MissionValues {
  const values = missionValues(mission);
  return { ...values, start: values.start < today() ? today() : values.start };
}
