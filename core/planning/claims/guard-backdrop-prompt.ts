/**
 * Keeps prompts for backdrop providers empty of what must not be in the picture. A generated logo or line of text would be
 * a claim nobody wrote, and a generated product a product nobody sells.
 */
import type { PlanRequest } from '../types.ts';
import { tokenise } from './tokenise.ts';

const FORBIDDEN = /\b(logos?|texts?|letters?|lettering|typograph\w*|captions?|words?|writing|written|labels?|slogans?|watermarks?|signs?|signage|brand\w*|fonts?|numbers?|prices?|says|reads|titles?|products?|bottles?|packag\w*)\b/iu;

/** The prompt without the clauses that name a product or the brand, or ask for writing, logos or packaging. At most 1000 characters. */
export function guardBackdropPrompt(prompt: string, request: Pick<PlanRequest, 'brief' | 'brand' | 'products'>): string {
  const names = [request.brief.productName, request.brand.name, ...request.products.map((product) => product.name)].map(wordsOf).filter((name) => name !== '  ');
  const clauses = prompt.split(/[.;,\n]+/u).map((clause) => clause.trim());
  return clauses.filter((clause) => clause !== '' && !FORBIDDEN.test(clause) && !names.some((name) => wordsOf(clause).includes(name))).join(', ').slice(0, 1000);
}

// Blanks at both ends make a name match whole words only: "Sun" is not in "sunlight".
function wordsOf(text: string): string {
  return ` ${tokenise(text).map((token) => token.text).join(' ')} `;
}
