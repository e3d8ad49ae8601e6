import { describe, expect, it } from 'vitest';
import { contentType, drawnSize, fileFault, MOST_BYTES } from './document';

describe('documents', () => {
  it('takes the four kinds by their names', () => {
    expect(contentType('carte.PDF')).toBe('application/pdf');
    expect(contentType('photo.jpeg')).toBe('image/jpeg');
    expect(contentType('.pdf')).toBeUndefined();
    expect(contentType('carte.png')).toBeUndefined();
  });

  it('says why a file is refused before it is sent', () => {
    expect(fileFault({ name: 'a.pdf', size: MOST_BYTES })).toBeUndefined();
    expect(fileFault({ name: 'a.pdf', size: MOST_BYTES + 1 })).toContain('5 Mo');
    expect(fileFault({ name: 'a.exe', size: 1 })).toContain('5 Mo');
    expect(fileFault({ name: 'a.pdf', size: 0 })).toContain('vide');
    // a photo is made smaller first
    expect(fileFault({ name: 'a.jpg', size: 3 * MOST_BYTES })).toBeUndefined();
  });

  it('draws photos in their own proportions', () => {
    expect(drawnSize(4800, 3600, 2400)).toEqual({ width: 2400, height: 1800 });
    expect(drawnSize(600, 800, 2400)).toEqual({ width: 600, height: 800 });
  });
});
