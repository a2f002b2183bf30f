/**
 * Makes a clause fit a line without inventing or twisting anything: it is cut only in front of a word that opens an
 * optional part ("… from Sicilian oranges"), never behind a negation's or a claim's back, and never left dangling.
 */
import { countWords, textWidth } from './measure-text.ts';

/** A headline reads at a glance up to this width; it may reach the maximum. */
export const HEADLINE_WIDTH = { preferred: 28, max: 48 } as const;
/** A support line may be this wide, in Latin letters. */
export const SUPPORT_WIDTH = 60;

const OPENERS = new Set((
  'with for from that which because so when while by made without into ' +
  'mit für aus weil wenn damit ohne von bei ' +
  'avec pour qui sans par dans à ' +
  'con para que sin por desde ' +
  'per che senza dal dalla ' +
  'com sem feito feita ' +
  'met voor uit die zonder van'
).split(' '));

const DANGLING = new Set((
  'a an the and or but of to is are was be been has have your our my its this these not no very more ' +
  'der die das ein eine einen und oder aber ist sind war hat haben wird dein deine ihr ihre nicht kein sehr mehr zu ' +
  'le la les un une des et ou est sont a ont ne pas très plus votre vos de du au aux à ' +
  'el los las una y o es son ha han no muy más tu su del al ' +
  'il lo gli uno e è sono non molto più tuo di del della ' +
  'os as um uma são não muito mais seu sua do da ' +
  'het een en is zijn heeft niet geen zeer meer jouw je uw made gemacht fait hecho fatto feito gemaakt'
).split(' '));

const NEGATION = /(^|\s)(no|not|never|without|except|only|nicht|kein\w*|nie|ohne|nur|außer|pas|jamais|sans|sauf|seulement|nunca|sin|solo|sólo|salvo|non|mai|senza|tranne|não|sem|apenas|exceto|niet|geen|nooit|zonder|alleen|but|aber|mais|pero|ma|mas|maar|if|wenn|si|se|als)(\s|$)/iu;

/** A clause as headline and, where it is long, a continuing support line; undefined when no honest split fits. */
export function splitForScreen(clause: string): { headline: string; support: string } | undefined {
  if (textWidth(clause) <= HEADLINE_WIDTH.max) return { headline: clause, support: '' };
  for (const at of openerPositions(clause).reverse()) {
    const headline = clause.slice(0, at).trim();
    const support = clause.slice(at).trim();
    if (textWidth(headline) <= HEADLINE_WIDTH.max && textWidth(support) <= SUPPORT_WIDTH && !isDangling(headline) && !NEGATION.test(headline)) return { headline, support };
  }
  return undefined;
}

/**
 * The clause and its honest shorter forms, longest first. A head stands alone only if `isNeutral` says that it claims
 * nothing (what is cut off may have qualified it) and the part cut off denies nothing.
 */
export function shorterForms(clause: string, isNeutral: (text: string) => boolean): string[] {
  const forms = openerPositions(clause).reverse().flatMap((at) => {
    const head = clause.slice(0, at).trim();
    return countWords(head) >= 2 && !isDangling(head) && !NEGATION.test(clause) && isNeutral(head) ? [head] : [];
  });
  return [clause, ...forms];
}

function openerPositions(clause: string): number[] {
  return [...clause.matchAll(/\s(\p{L}+)(?=\s)/gu)].filter((match) => OPENERS.has(match[1]?.toLowerCase() ?? '')).map((match) => match.index);
}

function isDangling(head: string): boolean {
  const words = head.toLowerCase().split(/\s+/u);
  return words.length < 2 || DANGLING.has(words.at(-1) ?? '') || /[,(]$/u.test(head);
}

/** First letter in upper case (Turkish and Azeri `i` has its own); everything else as written. */
export function sentenceCase(text: string, language: string): string {
  const [first = ''] = text;
  if (!/\p{Ll}/u.test(first)) return text;
  // Names such as "iPhone" are written as their owners write them.
  if (/^\p{Ll}\p{Lu}/u.test(text)) return text;
  const upper = first === 'i' && (language === 'tr' || language === 'az') ? 'İ' : first.toUpperCase();
  return (upper.length > 1 && first === 'ß' ? first : upper) + text.slice(first.length);
}
