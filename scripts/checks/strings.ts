/** Words that are shown come from the catalogue. Text between tags is a lint rule's business (jsx-no-literals); this looks at attributes. */
import type { Source } from './sources.ts';

const SHOWN = /\s(aria-label|aria-description|label|title|placeholder|alt|hint|text|description|action)=(?:"([^"]*\p{L}{2}[^"]*)"|\{'([^']*\p{L}{2}[^']*)'\}|\{`([^`$]*\p{L}{2}[^`$]*)`\})/gu;

/** One sentence per attribute of the renderer that shows words of its own. */
export function checkStrings(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, isTest }) => path.startsWith('renderer/') && path.endsWith('.tsx') && !isTest)
    .flatMap(({ path, text }) => [...text.matchAll(SHOWN)].map(([, name, ...values]) => `${path}: ${name} says "${values.find(Boolean)}"; words come from renderer/strings.`));
}
