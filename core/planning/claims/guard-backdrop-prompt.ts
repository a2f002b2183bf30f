import type { PlanRequest } from '../types.ts';

/** A prompt for an empty backdrop: clauses that name the product or the brand, or ask for writing or logos, are taken out. */
export function guardBackdropPrompt(prompt: string, request: PlanRequest): string {
  const names = [request.brief.productName, request.brand.name, ...request.products.map((product) => product.name)].map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  const clauses = prompt.split(/[.;,\n]+/u).map((clause) => clause.trim());
  return clauses.filter((clause) => clause !== '' && !FORBIDDEN.test(clause) && !names.some((name) => clause.toLowerCase().includes(name))).join(', ').slice(0, 1000);
}

const FORBIDDEN = /\b(logos?|texts?|letters?|lettering|typograph\w*|captions?|words?|writing|written|labels?|slogans?|watermarks?|signs?|signage|brand\w*|fonts?|numbers?|prices?|says|reads|titles?|products?|bottles?|packag\w*)\b/iu;
