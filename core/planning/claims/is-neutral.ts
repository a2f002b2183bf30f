import { findClaims } from './find-claims.ts';
import { tokenise } from './tokenise.ts';

/** True when a text makes no claim at all; `quantities` lets plain amounts ("330 ml") pass, but no percentage or price. */
export function isNeutral(text: string, allow: 'nothing' | 'quantities' = 'nothing'): boolean {
  const tokens = tokenise(text);
  const claims = findClaims(tokens, new Set());
  if (allow === 'nothing') return claims.length === 0;
  return claims.every((claim) => claim.kind === 'number' && tokens.slice(claim.start, claim.end).every((token) => !/[%‰٪\p{Sc}]|^percent|^prozent/u.test(token.text)));
}
