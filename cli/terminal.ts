/**
 * Where `adgen` writes: results on stdout, everything else on stderr. With `--json` stdout carries one document and nothing else.
 */

/** A line on stdout. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A line on stderr. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** User text as one safe line: control characters cannot move the cursor or fake output. */
export function oneLine(text: string, maxLength = 300): string {
  const flat = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return flat.length > maxLength ? `${flat.slice(0, maxLength - 1)}…` : flat;
}
