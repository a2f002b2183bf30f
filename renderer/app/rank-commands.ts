/** Which commands somebody means who types into the palette, best first. Pure. */
import type { Command } from './commands.ts';

/**
 * What is called as it was typed comes before what begins with it, then what has words that begin so, then what has it anywhere, at last by
 * group and id. Equals stay in their order.
 */
export function rankCommands<T extends Pick<Command, 'id' | 'label' | 'group'>>(commands: readonly T[], typed: string): T[] {
  const wanted = folded(typed);
  return commands
    .flatMap((command) => {
      const rank = rankOf(command, wanted);
      return rank === undefined ? [] : [{ command, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

function rankOf({ id, label, group }: Pick<Command, 'id' | 'label' | 'group'>, wanted: string): number | undefined {
  const name = folded(label);
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  const words = name.split(/[^\p{L}\p{N}]+/u);
  const parts = wanted.split(' ');
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 2;
  if (parts.every((part) => name.includes(part))) return 3;
  const all = folded(`${label} ${group} ${id}`);
  return parts.every((part) => all.includes(part)) ? 4 : undefined;
}

/** Without capitals, accents and spare spaces. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
