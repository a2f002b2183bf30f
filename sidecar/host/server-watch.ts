/** What the server in use last said of itself. One question at a time; an answer that comes for another address is thrown away. */
import { nameOfError, serializeError } from '#core/contract/errors.ts';
import { identify } from '#sidecar/client/ask-server.ts';
import type { ServerFacts } from '#sidecar/client/ask-server.ts';

export type ServerAnswer = { readonly facts: ServerFacts } | { readonly problem: string; readonly name?: string };

function explain(error: unknown): ServerAnswer {
  const name = nameOfError(error);
  return { problem: serializeError(error).message, ...(name === undefined ? {} : { name }) };
}

export function createServerWatch({ onChange }: { onChange(): void }) {
  let asked: { readonly url: string; readonly nonce?: string } | undefined;
  let answer: ServerAnswer | undefined;
  let asking: Promise<void> | undefined;
  const set = (next: ServerAnswer | undefined): void => {
    const isNew = JSON.stringify(next) !== JSON.stringify(answer);
    answer = next;
    if (isNew) onChange();
  };
  const ask = async (address: { readonly url: string; readonly nonce?: string }): Promise<void> => {
    const next = await identify(address.url, address.nonce).then((facts): ServerAnswer => ({ facts }), explain);
    if (asked === address) set(next);
  };
  return {
    last: (): ServerAnswer | undefined => answer,
    /** Undefined: there is nobody to ask. */
    async ask(address: { readonly url: string; readonly nonce?: string } | undefined): Promise<void> {
      const isSame = address?.url === asked?.url && address?.nonce === asked?.nonce;
      if (!isSame) {
        asked = address;
        set(undefined);
        asking = undefined;
      }
      if (!address || !asked) return;
      const current = asked;
      asking ??= ask(current).finally(() => (asking = undefined));
      await asking;
    },
    forget(): void {
      asked = undefined;
      set(undefined);
    },
  };
}
