/** True when a text makes no claim at all; `quantities` lets plain amounts ("330 ml") pass. */
export function isNeutral(text: string, allow: 'nothing' | 'quantities' = 'nothing'): boolean {
  return allow === 'quantities' || !/\p{N}/u.test(text);
}
