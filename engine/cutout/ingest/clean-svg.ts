/**
 * Judges an SVG logo before it is rendered: scripts, foreign content, entities and references that leave the file are
 * refused, so that nothing is fetched or run whatever the renderer would do. The check works on the text that is then
 * rendered (re-encoded to UTF-8, plain DOCTYPE taken out), so an odd encoding cannot show the two different things.
 * It deliberately also refuses such things inside comments.
 */

export type CleanedSvg =
  | { readonly isClean: true; readonly svg: Buffer; readonly hasText: boolean }
  /** `reason` reads after "The logo … ": `contains a script`. */
  | { readonly isClean: false; readonly reason: string };

const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/<!ENTITY/i, 'declares entities'],
  [/<!DOCTYPE/i, 'has a document type of its own'],
  [/<\s*(?:[\w.-]+:)?script[\s>/]/i, 'contains a script'],
  [/<\s*(?:[\w.-]+:)?foreignObject[\s>/]/i, 'contains a foreignObject'],
  [/<\s*(?:[\w.-]+:)?(?:iframe|embed|object|audio|video|handler|listener)[\s>/]/i, 'contains active content'],
  [/<\?xml-stylesheet/i, 'refers to an outside style sheet'],
  [/<\s*(?:[\w.-]+:)?include[\s>/]/i, 'includes another file'],
  [/\son\w+\s*=/i, 'contains a script (event handler)'],
  [/@import/i, 'refers to an outside style sheet'],
  [/javascript:/i, 'contains a script'],
];

/** Inside the file (`#id`), or a bitmap carried in it. A data: SVG could hide everything refused here. */
const INSIDE_REFERENCE = /^(#|data:image\/(png|jpe?g|gif|webp)[;,]|$)/i;
const REFERENCE = /(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')|url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)/gi;

export function cleanSvg(bytes: Buffer): CleanedSvg {
  const text = decodeText(bytes);
  if (text === undefined) return { isClean: false, reason: 'is neither UTF-8 nor UTF-16 text' };
  const svg = text.replace(/^\s*<\?xml[^>]*\?>/, '').replace(/<!DOCTYPE\s[^[<>]*>/i, '');
  const visible = resolveCharacterReferences(svg);
  const forbidden = FORBIDDEN.find(([pattern]) => pattern.test(visible));
  if (forbidden) return { isClean: false, reason: forbidden[1] };
  for (const match of visible.matchAll(REFERENCE)) {
    const target = (match.slice(1).find((group) => group !== undefined) ?? '').trim();
    if (!INSIDE_REFERENCE.test(target)) return { isClean: false, reason: 'refers to something outside the file' };
  }
  return { isClean: true, svg: Buffer.from(svg, 'utf8'), hasText: /<\s*(?:[\w.-]+:)?text[\s>/]/.test(visible) };
}

function decodeText(bytes: Buffer): string | undefined {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    // Not valid in that encoding; the caller says so.
    return undefined;
  }
}

function resolveCharacterReferences(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, digits: string) => characterOf(Number.parseInt(digits, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => characterOf(Number(digits)))
    .replace(/&(colon|Tab|NewLine);/g, '');
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
