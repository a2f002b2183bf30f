/** Who waits for which steps of one run. */

interface Wait {
  readonly remaining: Set<string>;
  resolve(): void;
  reject(error: Error): void;
}

export class RunWaits {
  readonly #waits = new Set<Wait>();

  /** Resolves when all keys have succeeded; rejects with the first error among them. */
  async for(keys: Iterable<string>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const remaining = new Set(keys);
    if (remaining.size === 0) resolve();
    else this.#waits.add({ remaining, resolve, reject });
    return await promise;
  }

  succeed(key: string): void {
    for (const wait of this.#waits) {
      if (!wait.remaining.delete(key) || wait.remaining.size > 0) continue;
      this.#waits.delete(wait);
      wait.resolve();
    }
  }

  fail(key: string, error: Error): void {
    for (const wait of this.#waits) if (wait.remaining.has(key)) this.#reject(wait, error);
  }

  failAll(error: Error): void {
    for (const wait of this.#waits) this.#reject(wait, error);
  }

  #reject(wait: Wait, error: Error): void {
    this.#waits.delete(wait);
    wait.reject(error);
  }
}
