import { describe, expect, it } from 'vitest';
import { PictureCache } from './picture-cache.ts';
import type { Picture, PictureRequest } from './picture-cache.ts';

class Card implements Picture {
  readonly width: number;
  readonly height = 100;
  isClosed = false;
  constructor(width: number) {
    this.width = width;
  }
  close(): void {
    this.isClosed = true;
  }
}

const CARD_BYTES = 100 * 100 * 4;
const asked = (name: string, family = name): PictureRequest => ({ key: name, family });

/** A loader that delivers when it is told to. */
function slowLoader() {
  const started: string[] = [];
  const waiting = new Map<string, { resolve(card: Card): void; reject(error: Error): void }>();
  const load = async ({ key }: PictureRequest): Promise<Card> => {
    started.push(key);
    const { promise, resolve, reject } = Promise.withResolvers<Card>();
    waiting.set(key, { resolve, reject });
    return await promise;
  };
  return { started, load, deliver: (key: string, width = 100) => waiting.get(key)?.resolve(new Card(width)), fail: (key: string) => waiting.get(key)?.reject(new Error(`no ${key}`)) };
}

describe('kept pictures', () => {
  it('stay within the budget, and the one used longest ago goes', async () => {
    const made = new Map<string, Card>();
    const cache = new PictureCache<Card>(async ({ key }) => {
      const card = new Card(100);
      made.set(key, card);
      return card;
    }, 3 * CARD_BYTES);
    for (const name of ['a', 'b', 'c']) await cache.want(asked(name), true);
    cache.find('a');
    await cache.want(asked('d'), true);
    expect([...made].filter(([, card]) => card.isClosed).map(([name]) => name)).toEqual(['b']);
    expect(cache.find('b')).toBeUndefined();
    expect(cache.find('a')).toBe(made.get('a'));
    expect(cache.usedBytes).toBe(3 * CARD_BYTES);
  });
  it('keep the newest one even if it alone is larger than the budget', async () => {
    const cache = new PictureCache<Card>(async () => new Card(1000), CARD_BYTES);
    await cache.want(asked('huge'), true);
    expect(cache.find('huge')?.isClosed).toBe(false);
  });
  it('are fetched once, the urgent before what is fetched ahead, six at a time', async () => {
    const { started, load, deliver } = slowLoader();
    const cache = new PictureCache<Card>(load, 100 * CARD_BYTES);
    for (let n = 0; n < 9; n++) void cache.want(asked(`ahead${n}`), false);
    void cache.want(asked('ahead8'), true);
    const now = cache.want(asked('now'), true);
    expect(started).toEqual(['ahead0', 'ahead1', 'ahead2', 'ahead3', 'ahead4', 'ahead5']);
    deliver('ahead0');
    await cache.want(asked('ahead0'), false);
    deliver('ahead1');
    await cache.want(asked('ahead1'), false);
    expect(started.slice(6)).toEqual(['now', 'ahead8']);
    deliver('now');
    await now;
    expect(cache.find('now')).toBeDefined();
    expect(new Set(started).size).toBe(started.length);
  });
  it('lend the sibling that is nearest in size', async () => {
    const cache = new PictureCache<Card>(async ({ key }) => new Card(Number(key)), 100 * CARD_BYTES);
    for (const width of ['100', '220', '400']) await cache.want(asked(width, 'can'), true);
    await cache.want(asked('240', 'bottle'), true);
    expect(cache.standIn('can', 250)?.width).toBe(220);
    expect(cache.standIn('cup', 250)).toBeUndefined();
  });
  it('that cannot be had are told once and not asked for again until somebody says so', async () => {
    const { started, load, fail } = slowLoader();
    const cache = new PictureCache<Card>(load, CARD_BYTES);
    const first = cache.want(asked('a'), true);
    fail('a');
    await first;
    await cache.want(asked('a'), true);
    expect(started).toEqual(['a']);
    expect(String(cache.failureOf('a'))).toContain('no a');
    cache.forgetFailures();
    void cache.want(asked('a'), true);
    expect(started).toEqual(['a', 'a']);
  });
  it('that arrive after everything was cleared are closed', async () => {
    const { load, deliver } = slowLoader();
    const late: Card[] = [];
    const cache = new PictureCache<Card>(async (request) => {
      const card = await load(request);
      late.push(card);
      return card;
    }, CARD_BYTES);
    const wanted = cache.want(asked('a'), true);
    cache.clear();
    await wanted;
    deliver('a');
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(late[0]?.isClosed).toBe(true);
    expect(cache.usedBytes).toBe(0);
  });
  it('that nobody waits for any more are not begun', async () => {
    const { started, load, deliver } = slowLoader();
    const cache = new PictureCache<Card>(load, 100 * CARD_BYTES);
    const all = Array.from({ length: 8 }, (_, n) => cache.want(asked(`p${n}`), false));
    cache.dropWaiting((key) => key === 'p7');
    await all[6];
    for (let n = 0; n < 6; n++) deliver(`p${n}`);
    await Promise.all(all.slice(0, 6));
    expect(started).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p7']);
  });
});
