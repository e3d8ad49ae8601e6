/** A refusal, an outage or a cut network, in words for the person in front of the page. */

/** One wrong field of a form: `availabilities[0].start`, and what is wrong in French. */
export interface FieldFault {
  field: string;
  message: string;
}

/** What the API answered instead of what was asked for; `status` 0 when no answer came at all. */
export class Fault extends Error {
  override name = 'Fault';

  constructor(
    readonly status: number,
    /** the last word of the problem's type, as `held` or `stale`; empty when the gateway answered */
    readonly kind: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: FieldFault[],
    /** seconds, with 429 */
    readonly retryAfter: number | undefined,
    /** people who stand in the way, with `people-affected` */
    readonly people: { affected: number; held: number } | undefined,
  ) {
    super(`${title} ${detail}`.trim());
  }
}

interface Answer {
  type?: string;
  title?: string;
  detail?: string;
  errors?: FieldFault[];
  affected?: number;
  held?: number;
}

const withoutProblem: Record<number, string> = {
  401: 'Votre session a expiré. Reconnectez-vous pour continuer.',
  403: 'Vous n’avez pas accès à cette page.',
  404: 'Cet élément n’existe pas ou n’existe plus.',
  413: 'Votre envoi est trop volumineux.',
  503: 'Un service est momentanément indisponible. Rien n’a été modifié : réessayez dans un instant.',
};

/** The fault that an answer tells; `body` is the parsed answer, whatever it is. */
export function faultOf(response: Response, body: unknown): Fault {
  const answer = (typeof body === 'object' && body !== null ? body : {}) as Answer;
  const after = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfter = Number.isFinite(after) ? after : undefined;
  return new Fault(
    response.status,
    answer.type?.split('/').pop() ?? '',
    answer.title ??
      withoutProblem[response.status] ??
      (response.status === 429
        ? `Trop de demandes à la fois. Réessayez ${retryAfter ? `dans ${delay(retryAfter)}` : 'dans un instant'}.`
        : 'Une erreur est survenue. Réessayez dans un instant.'),
    answer.detail ?? '',
    answer.errors ?? [],
    retryAfter,
    answer.affected === undefined ? undefined : { affected: answer.affected, held: answer.held ?? 0 },
  );
}

/** The fault of a request that got no answer: cut network, or a service that cannot be reached. */
export function cut(): Fault {
  return new Fault(
    0,
    'offline',
    'Pas de réponse du service.',
    'Vérifiez votre connexion puis réessayez : votre saisie est conservée.',
    [],
    undefined,
    undefined,
  );
}

/** Seconds in words: « 45 secondes », « 3 minutes ». */
export function delay(seconds: number): string {
  if (seconds < 60) {
    return seconds <= 1 ? 'une seconde' : `${seconds} secondes`;
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'une minute' : `${minutes} minutes`;
}

/** Whatever was thrown, as a fault. */
export function asFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) {
    return thrown;
  }
  if (thrown instanceof TypeError || (thrown instanceof DOMException && thrown.name === 'AbortError')) {
    return cut();
  }
  throw thrown;
}

/** The name that react-hook-form gives to a field of the API: `availabilities.0.start`. */
export function formName(field: string): string {
  return field.replace(/\[(\d+)\]/g, '.$1');
}
