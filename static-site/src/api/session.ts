import { useSyncExternalStore } from 'react';
import type { components } from './schema';
import { asFault, cut, faultOf } from './fault';

export type Account = components['schemas']['Account'];

/**
 * Who is signed in. The access token lives in this module only; the refresh token is in a cookie that no script
 * reads. `unknown` until the first renewal has answered.
 */
export type Session =
  | { status: 'unknown' }
  | { status: 'out' }
  /** the session ended by itself: what was typed stays, and the login is asked for on the spot */
  | { status: 'ended'; account: Account }
  | { status: 'in'; account: Account };

// says only that somebody signed in here once, so that visitors are not asked for a session that never was
const MARK = 'renfort.session';
const RENEW_BEFORE = 30_000;

let current: Session = { status: 'unknown' };
let token = '';
let tokenEnds = 0;
let renewing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();
const otherTabs =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('renfort.session');

otherTabs?.addEventListener('message', () => {
  token = '';
  show({ status: 'out' });
});

function show(next: Session) {
  current = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The session, shown anew when it changes. */
export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => current);
}

/** The account of a page that only shows when somebody is signed in. */
export function useAccount(): Account {
  const session = useSession();
  if (session.status !== 'in' && session.status !== 'ended') {
    throw new Error('A page for members is shown without a session');
  }
  return session.account;
}

function opened(answer: { accessToken: string; expiresIn: number; account: Account }) {
  token = answer.accessToken;
  tokenEnds = Date.now() + answer.expiresIn * 1000;
  localStorage.setItem(MARK, 'opened');
  show({ status: 'in', account: answer.account });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw cut();
  }
}

/**
 * Opens a session.
 *
 * @throws Fault 401 for a wrong address or password, 429 with its delay
 */
export async function signIn(email: string, password: string, keepSignedIn: boolean): Promise<Account> {
  const response = await send('/api/sessions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password, keepSignedIn }),
  });
  const body = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw faultOf(response, body);
  }
  opened(body);
  return body.account;
}

/** Ends the session here, in the other tabs and at the server. */
export async function signOut(): Promise<void> {
  token = '';
  localStorage.removeItem(MARK);
  show({ status: 'out' });
  otherTabs?.postMessage('out');
  const response = await send('/api/sessions', { method: 'DELETE' });
  if (!response.ok) {
    throw faultOf(response, undefined);
  }
}

/** After an erasure: the server has ended the session already. */
export function forget() {
  token = '';
  localStorage.removeItem(MARK);
  show({ status: 'out' });
  otherTabs?.postMessage('out');
}

/** Takes the session up again when the page is loaded. */
export async function resume(): Promise<void> {
  if (!localStorage.getItem(MARK)) {
    show({ status: 'out' });
    return;
  }
  try {
    if (await renew()) {
      return;
    }
  } catch {
    // no network: a visitor for now, the mark stays for the next load
  }
  if (current.status === 'unknown') {
    show({ status: 'out' });
  }
}

/** A fresh access token; one renewal serves all that wait for it. False when the session is over. */
function renew(): Promise<boolean> {
  renewing ??= (async () => {
    const response = await send('/api/sessions/refresh', { method: 'POST' });
    if (response.ok) {
      opened(await response.json());
      return true;
    }
    if (response.status !== 401) {
      throw faultOf(response, undefined);
    }
    token = '';
    localStorage.removeItem(MARK);
    if (current.status === 'in') {
      show({ status: 'ended', account: current.account });
    }
    return false;
  })().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** Asks the account anew: an agency may have approved it meanwhile. */
export async function reloadAccount(): Promise<void> {
  await renew();
}

/** `fetch` with the session's token, renewed when it is about to end or was refused. */
export async function sessionFetch(request: Request): Promise<Response> {
  const again = request.clone();
  try {
    if (current.status === 'in' && Date.now() > tokenEnds - RENEW_BEFORE) {
      await renew();
    }
    const response = await fetch(signed(request));
    if (response.status !== 401 || current.status !== 'in') {
      return response;
    }
    return (await renew()) ? await fetch(signed(again)) : response;
  } catch (thrown) {
    throw asFault(thrown);
  }
}

function signed(request: Request): Request {
  if (token) {
    request.headers.set('Authorization', `Bearer ${token}`);
  }
  return request;
}
