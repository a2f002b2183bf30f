/** How long a line is for the eye, and how long it takes to read. */

/** Width in Latin letters: East Asian wide characters and emoji count two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text.normalize('NFC')) {
    // Marks, variation selectors and zero-width joiners.
    if (/[\p{M}\p{Cf}]/u.test(char)) continue;
    width += isWide(char) ? 2 : 1;
  }
  return width;
}

/** Words as a reader counts them; scripts without spaces count two wide characters as one word. */
export function countWords(text: string): number {
  let wide = 0;
  let spaced = '';
  for (const char of text) {
    if (isWide(char)) wide++;
    spaced += isWide(char) ? ' ' : char;
  }
  return Math.ceil(wide / 2) + (spaced.match(/[^\s\p{P}]+(?:[\p{P}][^\s\p{P}]+)*/gu) ?? []).length;
}

/** Shortest time a text must stand, in frames: 1.0 s + 0.25 s per word. */
export function readingFrames(text: string, fps: number): number {
  return Math.ceil((1 + 0.25 * countWords(text)) * fps - 1e-9);
}

function isWide(char: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60ー]/u.test(char) && !/[0-9#*©®™]/u.test(char);
}
