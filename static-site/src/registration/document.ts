import { answer, api } from '../api/client';
import { cut, Fault } from '../api/fault';

/** What a document may weigh (R3): 5 MiB. */
export const MOST_BYTES = 5 * 1024 * 1024;

/** What is sent of a photo at most. */
const MOST_PHOTO_BYTES = 2 * 1024 * 1024;
/** What reads well first; a photo of nothing but detail is drawn smaller. */
const LONGEST_SIDES = [2400, 1600, 1000];

export const ACCEPTED = '.pdf,.doc,.docx,.jpg,.jpeg';
const RULE = 'Formats acceptés : PDF, DOC, DOCX ou JPG, 5 Mo au maximum.';

const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** The media type that a file's name announces, as the API checks it; undefined when it takes none such. */
export function contentType(fileName: string): string | undefined {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? TYPES[fileName.slice(dot + 1).toLowerCase()] : undefined;
}

/** Why a file cannot be sent, in words; undefined when it can. A photo is made small enough first. */
export function fileFault(file: { name: string; size: number }): string | undefined {
  const type = contentType(file.name);
  if (!type) {
    return `« ${file.name} » n’est pas d’un format accepté. ${RULE}`;
  }
  if (file.size === 0) {
    return `« ${file.name} » est vide. Choisissez un autre fichier (5 Mo au maximum).`;
  }
  if (type !== 'image/jpeg' && file.size > MOST_BYTES) {
    const size = (file.size / (1024 * 1024)).toFixed(1).replace('.', ',');
    return `« ${file.name} » pèse ${size} Mo et dépasse les 5 Mo acceptés.`;
  }
  return undefined;
}

/** How large a photo is drawn: its own proportions, its longest side no longer than given, in pixels. */
export function drawnSize(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** A photo drawn anew as a JPEG of 2 MB at most: what a camera notes beside it (place, device) stays here. */
async function redrawn(photo: File): Promise<Blob> {
  const image = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const canvas = document.createElement('canvas');
  for (const longest of LONGEST_SIDES) {
    Object.assign(canvas, drawnSize(image.width, image.height, longest));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.9, 0.75, 0.6]) {
      const blob = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve, 'image/jpeg', quality);
      });
      if (blob && blob.size <= MOST_PHOTO_BYTES) {
        image.close();
        return blob;
      }
    }
  }
  throw new DOMException('too detailed', 'DataError');
}

/**
 * What is sent of a chosen file.
 *
 * @throws Fault when a photo cannot be read
 */
export async function prepared(file: File): Promise<Blob> {
  if (contentType(file.name) !== 'image/jpeg') {
    return file;
  }
  try {
    return await redrawn(file);
  } catch {
    throw new Fault(
      0,
      'unreadable',
      `« ${file.name} » n’est pas une photo lisible.`,
      RULE,
      [],
      undefined,
      undefined,
    );
  }
}

/**
 * Sends a document to a slot of its own.
 *
 * @param onProgress told the share that is sent, 0 to 1
 * @return the document's id
 * @throws Fault when the API refuses it, or nothing answers
 */
export async function send(
  fileName: string,
  content: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
  const slot = await answer(
    api.POST('/api/documents', {
      body: {
        fileName,
        contentType: (contentType(fileName) ?? 'application/pdf') as 'application/pdf',
        size: content.size,
        sha256: btoa(String.fromCharCode(...digest)),
      },
    }),
  );
  await put(slot.upload, content, onProgress, signal);
  return slot.documentId;
}

/** fetch does not tell how much has been sent. */
function put(
  { method, url, headers }: { method: string; url: string; headers: Record<string, string> },
  content: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total ? loaded / total : 0),
    );
    request.addEventListener('load', () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(
            new Fault(
              request.status,
              'upload',
              'Le document n’a pas été accepté.',
              `Réessayez, ou choisissez un autre fichier. ${RULE}`,
              [],
              undefined,
              undefined,
            ),
          ),
    );
    request.addEventListener('error', () => reject(cut()));
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(content);
  });
}
