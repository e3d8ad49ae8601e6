import { NEW_PROFESSIONAL, type ProfessionalValues } from './professional';

const KEY = 'renfort.inscription';

/**
 * What was typed and not yet sent: it survives a reload in its tab, and on the machine only for who asked for that.
 * Documents are no part of it: their slots end within minutes.
 */
export function savedDraft(): { values: ProfessionalValues; kept: boolean } {
  const kept = localStorage.getItem(KEY);
  const text = kept ?? sessionStorage.getItem(KEY);
  if (!text) {
    return { values: NEW_PROFESSIONAL, kept: false };
  }
  try {
    const saved = JSON.parse(text) as Partial<ProfessionalValues>;
    return {
      values: { ...NEW_PROFESSIONAL, ...saved, identityDocumentId: '', diplomaId: '', consent: false },
      kept: kept !== null,
    };
  } catch {
    return { values: NEW_PROFESSIONAL, kept: false };
  }
}

/** Saves for the tab, or for the machine. */
export function saveDraft(values: ProfessionalValues, keep: boolean) {
  const text = JSON.stringify({ ...values, identityDocumentId: '', diplomaId: '', consent: false });
  (keep ? localStorage : sessionStorage).setItem(KEY, text);
  (keep ? sessionStorage : localStorage).removeItem(KEY);
}

export function forgetDraft() {
  localStorage.removeItem(KEY);
  sessionStorage.removeItem(KEY);
}
