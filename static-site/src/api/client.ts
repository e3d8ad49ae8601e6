import createClient from 'openapi-fetch';
import { QueryClient } from '@tanstack/react-query';
import type { components, paths } from './schema';
import { Fault, faultOf } from './fault';
import { sessionFetch } from './session';

export type Schemas = components['schemas'];

/** The API, typed by openapi.yaml. Wrap each call in {@link answer}. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: sessionFetch });

/**
 * The body of an answer.
 *
 * @throws Fault when the API refused, a service is out or the network is cut
 */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T extends undefined ? void : T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw faultOf(response, error);
  }
  return data as T extends undefined ? void : T;
}

/** A key for a POST whose effect must not happen twice, whatever the network does. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // a refusal stays one; a cut network or an outage may pass
      retry: (count, error) =>
        count < 2 && error instanceof Fault && (error.status === 0 || error.status === 503),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
