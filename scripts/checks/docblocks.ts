/** Every exported function, class, interface and constant in `core/` has a docblock; schema-inferred types speak for themselves. */
import type { Source } from './sources.ts';

const EXPORT = /^export (?:async )?(?:function\*?|class|interface|const) ([A-Za-z0-9_]+)/;

/** One sentence per missing docblock. */
export function checkDocblocks(sources: readonly Source[]): string[] {
  return sources.filter((source) => source.path.startsWith('core/') && !source.isTest).flatMap(({ path, text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const name = EXPORT.exec(line)?.[1];
      if (!name || isDocumented(lines, index) || name.endsWith('Schema') || /^[A-Z_]+$/.test(name)) return [];
      return [`${path}:${index + 1}: ${name} has no docblock.`];
    });
  });
}

function isDocumented(lines: readonly string[], index: number): boolean {
  return (lines[index - 1] ?? '').trimEnd().endsWith('*/');
}
