/**
 * `npm run bench [-- --json] [--only name,name] [--quick]`: every figure of the speed table, as ratios within one run and
 * medians of three rounds (one with `--quick`). Progress goes to stderr; the table, or with `--json` the document, to stdout;
 * the document is also kept in `bench/results/latest.json`. Exit code 0 whether targets are reached
 * or not, 1 when a question failed, 2 for an unknown name. `--ui` (`npm run bench:ui`): the questions about the page instead.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatTable } from './kit/format-table.ts';
import { root } from './kit/adgen.ts';
import { describeMachine } from './kit/machine.ts';
import { concludeRows } from './kit/question.ts';
import type { Question, Row, Sample } from './kit/question.ts';
import { inWorkshop } from './kit/workshop.ts';
import type { Workshop } from './kit/workshop.ts';
import { questions } from './questions.ts';
import { uiQuestions } from './ui/questions.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' }, ui: { type: 'boolean' } } });
const offered = options.ui ? uiQuestions : questions;
const rounds = options.quick ? 1 : 3;
const chosen = chooseQuestions(options.only);
const rows = await inWorkshop(say, async (workshop) => {
  const asked = await Promise.all(chosen.map(async (question): Promise<Asked> => ({ question, samples: [], note: await question.unavailable?.() })));
  for (let round = 1; round <= rounds; round++) {
    for (const one of asked) if (!one.note) await takeSample(one, workshop, round);
  }
  return asked.flatMap(({ question, samples, note }) => concludeRows(question, samples, note));
});
await report(rows);

interface Asked {
  readonly question: Question;
  readonly samples: Sample[];
  note: string | undefined;
}

/** A question that fails is told as failed and not asked again; the others go on. */
async function takeSample(asked: Asked, workshop: Workshop, round: number): Promise<void> {
  try {
    asked.samples.push(await asked.question.sample(workshop, round));
  } catch (error) {
    asked.note = `Failed in round ${round}: ${error instanceof Error ? error.message : String(error)}`;
    process.exitCode = 1;
  }
}

async function report(measured: readonly Row[]): Promise<void> {
  const machine = await describeMachine();
  const json = `${JSON.stringify({ format: 'adgen-bench/1', takenAt: new Date().toISOString(), rounds, machine, rows: measured }, null, 2)}\n`;
  const folder = join(root, 'bench', 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'latest.json'), json);
  process.stdout.write(options.json ? json : formatTable(measured, machine, rounds));
}

function chooseQuestions(only: string | undefined): readonly Question[] {
  if (only === undefined) return offered;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !offered.some((question) => question.name === name));
  if (unknown.length > 0) {
    say(`There is no bench "${unknown.join('", "')}". There are: ${offered.map((question) => question.name).join(', ')}.`);
    process.exit(2);
  }
  return offered.filter((question) => names.includes(question.name));
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
