/**
 * The connection to one server at a time: opened by whoever asks first and for all, closed when the server is gone, and opened to
 * the next one when somebody asks again.
 */
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { unlessAborted } from '#sidecar/access/unless-aborted.ts';
import { createCalls } from '#sidecar/client/calls.ts';
import { createComfyClient } from '#sidecar/client/comfy-client.ts';
import { createHttp, isRefused } from '#sidecar/client/http.ts';
import type { ClientLimits, ComfyClient } from '#sidecar/client/comfy-types.ts';
import type { JobJournal } from '#sidecar/client/journal.ts';

export interface Session {
  readonly client: ComfyClient;
  readonly url: string;
  /** Why its client was closed; undefined while it is in use. */
  readonly lost: string | undefined;
}

export interface SessionOptions {
  readonly access: SidecarAccess;
  readonly journal: JobJournal;
  readonly limits?: Partial<ClientLimits>;
  /** Nothing is opened after it. */
  readonly signal: AbortSignal;
}

export type Sessions = ReturnType<typeof keepSessions>;

export function keepSessions({ access, journal, limits, signal: closing }: SessionOptions) {
  let session: { -readonly [Name in keyof Session]: Session[Name] } | undefined;
  let opening: Promise<Session> | undefined;
  let losses = 0;
  const leaving = new Set<Promise<void>>();

  const connect = async (): Promise<Session> => {
    for (;;) {
      const before = losses;
      const { url, nonce } = await access.connect(closing);
      closing.throwIfAborted();
      if (losses !== before) continue; // gone again, while the answer was on its way
      if (access.kind === 'external') await assertSomebodyListens(url, closing);
      const client = createComfyClient({
        url, journal, ...(nonce === undefined ? {} : { nonce }), ...(limits ? { limits } : {}),
        onLink: (state) => access.report({ type: state === 'up' ? 'ws-up' : 'ws-down' }),
        onStuck: ({ key }) => access.report({ type: 'job-stuck', jobId: key }),
      });
      return (session = { client, url, lost: undefined });
    }
  };

  /** Its jobs end here with an AbortError, and stay in the journal. */
  const drop = (reason: string): void => {
    losses += 1;
    if (!session) return;
    session.lost = reason;
    const end = session.client.close().finally(() => leaving.delete(end));
    leaving.add(end);
    session = undefined;
  };

  return {
    drop,
    /** The session of the moment, if there is one; opens none. */
    open: () => session as Session | undefined,
    async current(signal: AbortSignal): Promise<Session> {
      closing.throwIfAborted();
      if (session) return session;
      // It outlives the one who asked first.
      opening ??= connect().finally(() => (opening = undefined));
      return await unlessAborted(opening, signal);
    },
    /** Call it after `signal`. Resolves when nothing is open any more. */
    async close(reason: string): Promise<void> {
      await opening?.catch(() => {}); // whoever waits for it is told
      drop(reason);
      await Promise.all(leaving);
    },
  };
}

/** A mistyped address is told at once; whatever else is wrong is judged by the client, with more patience. */
async function assertSomebodyListens(url: string, signal: AbortSignal): Promise<void> {
  try {
    await createCalls(createHttp(url)).identify(undefined, signal);
  } catch (error) {
    if (isRefused(error)) throw error;
  }
}
