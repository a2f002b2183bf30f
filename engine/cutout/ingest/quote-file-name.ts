const MAX_LENGTH = 160;

/** A path as it may stand in a message: in quotes, control and direction characters escaped, the middle of long ones left out. */
export function quoteFileName(path: string): string {
  const shown = path.length > MAX_LENGTH ? `${path.slice(0, 40)}…${path.slice(-(MAX_LENGTH - 41))}` : path;
  const escaped = shown
    .replace(/["\\]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    // Control characters, lone surrogates, and characters that reorder or hide what stands around them on a terminal.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return `"${escaped}"`;
}
