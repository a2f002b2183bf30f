import { describe, expect, it } from 'vitest';
import { diffProject } from '#core/project/diff.ts';
import type { AdProject } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { createRandom } from '#core/lib/random.ts';
import { DocumentSync } from './document-sync.ts';
import type { SyncNews } from './document-sync.ts';
import type { UnsentEdit } from './history-entry.ts';
import { SmallJournal } from './testing/small-journal.ts';

const renamed = (name: string) => (document: AdProject): AdProject => ({ ...document, name });
const seeded = (seed: number) => (document: AdProject): AdProject => ({ ...document, scenes: document.scenes.map((scene) => ({ ...scene, seed })) });

/** A page with an open document. Time stands still until the test moves it; retries run when the test says so. */
function openPage(journal = new SmallJournal(exampleProject()), unsent: readonly UnsentEdit[] = [], mostSteps = 200) {
  const page = { nowMs: 0, kept: [] as readonly UnsentEdit[], news: [] as SyncNews[], retries: [] as (() => void)[] };
  const sync = new DocumentSync(journal.opened(), {
    port: journal.port(), mostSteps, keep: (edits) => (page.kept = structuredClone(edits)), onChange: () => undefined, onNews: (news) => page.news.push(news), now: () => page.nowMs,
    later: (_ms, run) => {
      page.retries.push(run);
      return () => (page.retries = page.retries.filter((other) => other !== run));
    },
  });
  sync.resume(unsent);
  /** Lets the page work until nothing is under way or only a retry could go on. */
  const idle = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  const retry = async (): Promise<void> => {
    for (const run of page.retries.splice(0)) run();
    await idle();
  };
  return { journal, sync, page, idle, retry };
}

describe('an edit', () => {
  it('is there at once, is kept until it is journaled, and is journaled', async () => {
    const { journal, sync, page } = openPage();
    expect(sync.edit('rename', renamed('Zest'))).toBe(true);
    expect([sync.document.name, journal.document.name, sync.saveState, page.kept.length]).toEqual(['Zest', 'Fizzo', 'saving', 1]);
    await sync.flush();
    expect([journal.document.name, sync.saveState, page.kept.length, sync.revision]).toEqual(['Zest', 'saved', 0, 1]);
  });

  it('that changes nothing is none', () => {
    const { sync } = openPage();
    expect(sync.edit('rename', renamed('Fizzo'))).toBe(false);
    expect(sync.history.entries).toEqual([]);
  });

  it('that would leave no document is refused and changes nothing', () => {
    const { sync } = openPage();
    const before = sync.document;
    expect(() => sync.edit('trimScene', (document) => ({ ...document, durationFrames: -1 }))).toThrow(/durationFrames/);
    expect(sync.document).toBe(before);
  });

  it('leaves what it does not touch as it was, by identity', () => {
    const { sync } = openPage();
    const [first, second] = sync.document.scenes;
    sync.edit('renameScene', (document) => ({ ...structuredClone(document), scenes: structuredClone(document.scenes).map((scene, index) => (index === 0 ? { ...scene, name: 'Start' } : scene)) }));
    expect(sync.document.scenes[0]).not.toBe(first);
    expect(sync.document.scenes[1]).toBe(second);
  });

  it('of one gesture is one step of undo and few messages, however long it takes', async () => {
    const { journal, sync, page } = openPage();
    const start = JSON.stringify(sync.document);
    for (let seed = 2; seed < 102; seed += 1) {
      sync.edit('trimScene', seeded(seed), 'drag');
      page.nowMs += 100;
      if (seed % 25 === 0) await sync.flush();
    }
    await sync.flush();
    expect(sync.history.entries).toHaveLength(1);
    expect(journal.document.scenes[0]?.seed).toBe(101);
    expect(journal.calls).toBeLessThan(20);
    sync.undo();
    expect(JSON.stringify(sync.document)).toBe(start);
    await sync.flush();
    expect(JSON.stringify(journal.document)).toBe(start);
  });

  it.each([[false], [true]])('of one gesture that ends where it began is no step (sent in between: %s)', async (isSentBetween) => {
    const { journal, sync, page } = openPage();
    sync.edit('rename', renamed('First'));
    await sync.flush();
    sync.edit('drag', renamed('Dragged'), 'drag');
    if (isSentBetween) await sync.flush();
    sync.edit('drag', renamed('First'), 'drag');
    await sync.flush();
    expect([sync.history.entries.map(({ label }) => label), journal.rows.map(({ label }) => label), page.news]).toEqual([['rename'], ['rename'], []]);
    sync.undo();
    await sync.flush();
    expect([journal.document.name, sync.saveState, journal.rows.map(({ isUndone }) => isUndone)]).toEqual(['Fizzo', 'saved', [true]]);
  });

  it('that came to nothing while undo was pressed leaves everything else as it was', async () => {
    const { journal, sync } = openPage();
    sync.edit('rename', renamed('First'));
    sync.edit('drag', renamed('Dragged'), 'drag');
    await sync.flush();
    sync.edit('drag', renamed('First'), 'drag');
    sync.undo();
    await sync.flush();
    expect([journal.document.name, sync.document.name, sync.history.undoable?.label]).toEqual(['First', 'First', 'rename']);
  });

  it('with the same key after a pause is a step of its own', () => {
    const { sync, page } = openPage();
    sync.edit('rename', renamed('A'), 'name');
    page.nowMs += 10_000;
    sync.edit('rename', renamed('B'), 'name');
    expect(sync.history.entries).toHaveLength(2);
  });
});

describe('when the engine is away', () => {
  it('edits wait, are kept, and arrive when it is back', async () => {
    const { journal, sync, page, idle, retry } = openPage();
    journal.faults = ['cut', 'cut'];
    sync.edit('rename', renamed('One'));
    await idle();
    sync.edit('rename', renamed('Two'));
    expect([sync.saveState, page.kept.length, journal.document.name]).toEqual(['waiting', 2, 'Fizzo']);
    await retry();
    expect(sync.saveState).toBe('waiting');
    await retry();
    expect([sync.saveState, page.kept.length, journal.document.name, journal.rows.length]).toEqual(['saved', 0, 'Two', 2]);
  });

  it('an edit whose answer was lost is not made twice', async () => {
    const { journal, sync, idle, retry, page } = openPage();
    journal.faults = ['mute'];
    sync.edit('rename', renamed('One'));
    sync.edit('trimScene', seeded(9));
    await idle();
    await retry();
    expect([journal.rows.length, journal.document.name, journal.document.scenes[0]?.seed, sync.saveState, page.news]).toEqual([2, 'One', 9, 'saved', []]);
  });

  it('a new page takes up what a killed one had not sent', async () => {
    const { journal, sync, page, idle } = openPage();
    journal.faults = ['mute', 'cut'];
    sync.edit('rename', renamed('One'));
    sync.edit('trimScene', seeded(9));
    await idle();
    sync.close();
    journal.faults = [];
    const next = openPage(journal, page.kept);
    expect([next.sync.document.name, next.sync.document.scenes[0]?.seed]).toEqual(['One', 9]);
    await next.sync.flush();
    expect([journal.document.scenes[0]?.seed, journal.rows.length, next.page.news]).toEqual([9, 2, [{ kind: 'recovered', count: 1 }]]);
  });

  it('whoever waits for everything to be kept is told', async () => {
    const { journal, sync } = openPage();
    journal.faults = ['cut'];
    sync.edit('rename', renamed('One'));
    await expect(sync.flush()).rejects.toThrow('The line broke.');
  });
});

describe('when someone else edits', () => {
  const elsewhere = (journal: SmallJournal, change: (document: AdProject) => AdProject): void => void journal.edit({ revision: journal.revision, label: 'elsewhere', diff: diffProject(journal.document, change(journal.document)) });

  it('both edits stay where they fit', async () => {
    const { journal, sync, page } = openPage();
    elsewhere(journal, seeded(7));
    sync.edit('rename', renamed('Mine'));
    await sync.flush();
    expect([journal.document.name, journal.document.scenes[0]?.seed, page.news]).toEqual(['Mine', 7, []]);
    expect(JSON.stringify(sync.document)).toBe(JSON.stringify(journal.document));
  });

  it('the newest state is shown where they do not, and the user is told', async () => {
    const { journal, sync, page, idle } = openPage();
    elsewhere(journal, renamed('Theirs'));
    sync.edit('rename', renamed('Mine'));
    await idle();
    expect([sync.document.name, page.news, sync.saveState]).toEqual(['Theirs', [{ kind: 'lost', count: 1 }], 'conflict']);
    sync.acknowledge();
    expect(sync.saveState).toBe('saved');
  });

  it('their edit is taken over without one of ours, with their history', async () => {
    const { journal, sync, idle } = openPage();
    elsewhere(journal, renamed('Theirs'));
    sync.refresh();
    await idle();
    expect([sync.document.name, sync.history.entries.map((entry) => entry.label)]).toEqual(['Theirs', ['elsewhere']]);
  });

  it('an edit that the engine never takes is dropped, and the page goes on', async () => {
    const { journal, sync, page, idle } = openPage();
    const port = journal.port();
    const edit = journal.edit.bind(journal);
    journal.edit = () => { throw Object.assign(new Error('The document has mistakes.'), { code: 'BAD_INPUT' }); };
    expect(port).toBeDefined();
    sync.edit('rename', renamed('Mine'));
    await idle();
    expect([sync.document.name, page.news.map((news) => news.kind), page.kept]).toEqual(['Fizzo', ['refused'], []]);
    journal.edit = edit;
    sync.edit('rename', renamed('Again'));
    await sync.flush();
    expect(journal.document.name).toBe('Again');
  });
});

describe('undo and redo', () => {
  it('go back to the start and on to the end, byte for byte, in the journal too', async () => {
    const { journal, sync } = openPage();
    const start = JSON.stringify(sync.document);
    for (let seed = 10; seed < 30; seed += 1) sync.edit('trimScene', seeded(seed));
    const end = JSON.stringify(sync.document);
    while (sync.undo());
    await sync.flush();
    expect([JSON.stringify(sync.document), JSON.stringify(journal.document)]).toEqual([start, start]);
    while (sync.redo());
    await sync.flush();
    expect([JSON.stringify(sync.document), JSON.stringify(journal.document)]).toEqual([end, end]);
  });

  it('go back farther than the page holds steps, also in a page that was opened later', async () => {
    const journal = new SmallJournal(exampleProject(), 5);
    const first = openPage(journal, [], 5);
    const start = JSON.stringify(journal.document);
    for (let seed = 10; seed < 40; seed += 1) {
      first.sync.edit('trimScene', seeded(seed));
      await first.sync.flush();
      expect(first.sync.history.entries.length).toBeLessThanOrEqual(5);
    }
    for (const open of [() => first, () => openPage(journal, [], 5)]) {
      const { sync, idle } = open();
      for (; sync.undo(); await idle());
      expect([JSON.stringify(sync.document), JSON.stringify(journal.document), sync.history.entries.length]).toEqual([start, start, 30]);
      for (; sync.redo(); await idle());
      expect([sync.document.scenes[0]?.seed, journal.document.scenes[0]?.seed]).toEqual([39, 39]);
      sync.close();
    }
  });

  it('older steps are asked for again when the line broke', async () => {
    const journal = new SmallJournal(exampleProject(), 2);
    for (let seed = 10; seed < 16; seed += 1) journal.edit({ revision: journal.revision, label: 'trimScene', diff: diffProject(journal.document, seeded(seed)(journal.document)) });
    const { sync, idle, retry } = openPage(journal, [], 2);
    journal.faults = ['cut'];
    sync.undo();
    sync.undo();
    await idle();
    expect([sync.undo(), sync.history.entries.length]).toEqual([false, 2]);
    await retry();
    for (; sync.undo(); await idle());
    expect(journal.rows.every((row) => row.isUndone)).toBe(true);
  });

  it('a new edit drops what was undone', async () => {
    const { journal, sync } = openPage();
    sync.edit('trimScene', seeded(5));
    sync.undo();
    sync.edit('rename', renamed('New'));
    await sync.flush();
    expect([sync.redo(), journal.rows.map((row) => row.label)]).toEqual([false, ['rename']]);
  });
});

it('page and journal agree after any mix of edits, undos, faults and retries', async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = createRandom(seed, 'sync');
    const { journal, sync, page, idle, retry } = openPage(new SmallJournal(exampleProject(), 8), [], 8);
    for (let move = 0; move < 60; move += 1) {
      const dice = random.below(10);
      if (dice < 4) sync.edit('trimScene', seeded(random.below(1000)), random.below(2) === 0 ? 'drag' : undefined);
      else if (dice < 5) sync.edit('rename', renamed(`n${move}`));
      else if (dice < 7) sync.undo();
      else if (dice < 8) sync.redo();
      else if (dice < 9) journal.faults.push(random.below(2) === 0 ? 'cut' : 'mute');
      else await retry();
      if (random.below(3) === 0) await idle();
    }
    journal.faults = [];
    for (let turn = 0; turn < 5; turn += 1) await retry();
    await idle();
    expect([seed, sync.saveState, page.kept.length, page.news], `seed ${seed}`).toEqual([seed, 'saved', 0, []]);
    expect(JSON.stringify(sync.document), `seed ${seed}`).toBe(JSON.stringify(journal.document));
  }
});
