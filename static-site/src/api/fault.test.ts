import { describe, expect, it } from 'vitest';
import { asFault, delay, Fault, faultOf, formName } from './fault';

describe('fault', () => {
  it('keeps what a problem says, and its kind', () => {
    const fault = faultOf(new Response(null, { status: 409 }), {
      type: '/problems/people-affected',
      title: 'Des personnes sont affectées.',
      affected: 2,
      held: 1,
    });
    expect(fault.kind).toBe('people-affected');
    expect(fault.people).toEqual({ affected: 2, held: 1 });
    expect(fault.message).toBe('Des personnes sont affectées.');
  });

  it('has words of its own where the gateway answers without any', () => {
    const fault = faultOf(new Response(null, { status: 429, headers: { 'Retry-After': '120' } }), {
      message: 'Too Many Requests',
    });
    expect(fault.title).toBe('Trop de demandes à la fois. Réessayez dans 2 minutes.');
    expect(fault.retryAfter).toBe(120);
  });

  it('tells a cut network from a bug', () => {
    expect(asFault(new TypeError('Failed to fetch')).status).toBe(0);
    expect(() => asFault(new RangeError('bug'))).toThrow(RangeError);
    expect(asFault(new Fault(404, '', '', '', [], undefined, undefined)).status).toBe(404);
  });

  it('names fields as the form does', () => {
    expect(formName('missions[3].start')).toBe('missions.3.start');
    expect(formName('requester.email')).toBe('requester.email');
  });

  it('says delays in words', () => {
    expect([1, 45, 60, 61].map(delay)).toEqual(['une seconde', '45 secondes', 'une minute', '2 minutes']);
  });
});
