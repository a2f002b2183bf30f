import { expect, it } from 'vitest';
import { rankCommands } from './rank-commands.ts';

const command = (label: string, group = 'Timeline', id = `x.${label}`) => ({ id, label, group });
const labels = (all: readonly { label: string }[]): string[] => all.map(({ label }) => label);

it('what is called so comes first, wherever it stands in the list', () => {
  const commands = [command('Exports', 'General'), command('Reveal the export'), command('Export', 'Views')];
  expect(labels(rankCommands(commands, 'export'))).toEqual(['Export', 'Exports', 'Reveal the export']);
});

it('words may be begun, in any order, and only what has all of them is meant', () => {
  const commands = [command('Unsplit'), command('All ratios side by side'), command('Split at the playhead'), command('Play')];
  expect(labels(rankCommands(commands, 'split'))).toEqual(['Split at the playhead', 'Unsplit']);
  expect(labels(rankCommands(commands, ' PLAY spl '))).toEqual(['Split at the playhead']);
});

it('groups and ids find what names do not, accents count for nothing', () => {
  const commands = [command('Schärfe'), command('Teilen', 'Zeitachse', 'timeline.split')];
  expect(labels(rankCommands(commands, 'split'))).toEqual(['Teilen']);
  expect(labels(rankCommands(commands, 'scharfe'))).toEqual(['Schärfe']);
  expect(rankCommands(commands, 'zzz')).toEqual([]);
});
