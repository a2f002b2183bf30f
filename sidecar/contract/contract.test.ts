import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCases } from './case.ts';
import type { CaseResult, Note, ProcessTarget } from './case.ts';
import { processCases } from './cases/processes.ts';
import type { EngineChoice } from './engine-choice.ts';
import { openProcessKit } from './process-kit.ts';
import { openServedKit } from './served-kit.ts';
import { servedCases } from './served-cases.ts';
import { serveEngine } from './serve-target.ts';
import type { OpenTarget } from './serve-target.ts';

/** Fails with the case's own failure. */
function expectOutcome(result: CaseResult | undefined, outcome: CaseResult['outcome']): void {
  if (result?.error !== undefined) throw result.error;
  expect(result?.outcome).toBe(outcome);
}

/** 0.3.64 has no --feature-flag, so it cannot show a nonce. */
const OLD: EngineChoice = { kind: 'fake', version: '0.3.64', knownFlags: ['--listen', '--port', '--base-directory', '--fake-version'] };

describe.each<[string, EngineChoice, string[]]>([
  ['0.33.0', { kind: 'fake' }, []],
  ['0.3.64', OLD, ['a server with another nonce is not used, and nothing is sent to it']],
])('the fake server as %s keeps the contract:', (version, choice, lacking) => {
  let server: OpenTarget;
  beforeAll(async () => void (server = await serveEngine(choice, 0.3)));
  afterAll(async () => await server.close());

  test.each(servedCases)('$name', async (each) => {
    const [result] = await runCases([each], server.target, async (note) => await openServedKit(server.target, note), () => {});
    expectOutcome(result, lacking.includes(each.name) ? 'not here' : 'held');
    expect(server.target.version).toBe(version);
  });
});

describe('the fake engine under our supervisor keeps the contract:', () => {
  const target: ProcessTarget = { label: 'fake', choice: { kind: 'fake' }, workSeconds: 0.3, cycles: 4 };

  test.each(processCases.filter((each) => each.lacks?.(target) === undefined))('$name', async (each) => {
    const [result] = await runCases([each], target, async (note) => await openProcessKit(target, note), () => {});
    expectOutcome(result, 'held');
  });
});

test('a case that is broken is told with what it threw, and the next one is run', async () => {
  const cases: Parameters<typeof runCases<object, { note: Note; close(): Promise<void> }>>[0] = [
    { name: 'bad', run: async () => await Promise.reject(new Error('broken on purpose')) },
    { name: 'absent', lacks: () => 'it is too old', run: async () => expect.unreachable() },
    { name: 'good', run: async ({ note }) => note('12 ms') },
  ];
  const closed: string[] = [];
  const results = await runCases(cases, {}, async (note) => ({ note, close: async () => void closed.push('closed') }), () => {});
  expect(results).toMatchObject([
    { name: 'bad', outcome: 'broken', notes: [], error: { message: 'broken on purpose' } },
    { name: 'absent', outcome: 'not here', notes: [], reason: 'it is too old' },
    { name: 'good', outcome: 'held', notes: ['12 ms'] },
  ]);
  expect(closed).toEqual(['closed', 'closed']);
});
