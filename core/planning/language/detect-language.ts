/**
 * Guesses the language of a short text from its script, its frequent words and its special letters. Made for briefs of
 * one line to one page; it says '' rather than guess when the evidence is thin, because a wrong language would put
 * foreign connective words on the screen.
 */
import { primaryLanguage } from './normalise-language-tag.ts';

/** Frequent short words that few neighbours share; words of several languages count for each. */
const STOP_WORDS: Readonly<Record<string, string>> = {
  en: 'the and of for with your you our is are it its this that from in on to every made any not by as at an we be no taste discover get try buy shop',
  de: 'der die das und für mit dein deine ihr ihre unser ist sind es aus von zu zum zur ein eine einen im den dem des nicht auf bei wie jeden jetzt ohne auch sich wird über',
  fr: 'le la les et pour avec votre vos ton notre est sont un une des du de au aux dans sur en qui que pas chaque plus ce cette ces par sans nos vous tout',
  es: 'el la los las y para con tu su nuestro es son un una del de al en que no cada más por sin esta este lo se te como muy hecho',
  it: 'il lo la gli le e per con tuo tua il nostro è sono un una del della dei di al alla nel nella in che non ogni più da senza questo questa come dal',
  pt: 'o a os as e para com seu sua nosso é são um uma do da dos das de ao no na em que não cada mais por sem este esta como você pelo feito',
  nl: 'de het een en voor met jouw je uw onze is zijn van uit op in aan dat die niet elke meer bij door naar om te zonder ook deze wordt',
  sv: 'och för med din ditt vår är av en ett på i som inte varje mer till från utan det den de att om vi',
  da: 'og for med din dit vores er af en et på i som ikke hver mere til fra uden det den de at om vi',
  nb: 'og for med din ditt vår er av en et på i som ikke hver mer til fra uten det den de at om vi',
  pl: 'i dla z ze twój twoja nasz jest są w na do nie każdy więcej od bez to że się po jak który oraz',
  tr: 've için ile bir bu sen siz bizim de da çok her daha gibi değil en ne olarak',
  fi: 'ja on ei se että kanssa sinun meidän joka kuin myös mutta ilman',
  cs: 'a pro s se tvůj náš je jsou v na do ne každý více od bez to že si jak který',
};

const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ß/u, 'de'], [/[ãõ]/u, 'pt'], [/[ñ¿¡]/u, 'es'], [/[œêèûëù]/u, 'fr'], [/[łśźżąę]/u, 'pl'], [/[ğışİ]/u, 'tr'], [/[ěřů]/u, 'cs'], [/[æø]/u, 'da'], [/å/u, 'sv'],
];

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'], [/\p{Script=Hangul}/u, 'ko'], [/\p{Script=Han}/u, 'zh'], [/\p{Script=Hebrew}/u, 'he'],
  [/[پچژگ]/u, 'fa'], [/\p{Script=Arabic}/u, 'ar'], [/[іїєґ]/u, 'uk'], [/\p{Script=Cyrillic}/u, 'ru'], [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'], [/\p{Script=Devanagari}/u, 'hi'],
];

const WORDS: ReadonlyMap<string, readonly string[]> = indexStopWords();

/** Primary language subtag of `text`, or '' when unsure. */
export function detectLanguage(text: string): string {
  return detectByScript(text) || detectByWords(text);
}

/** The brief's stated language if it has one, else the detected one, else ''. */
export function resolveLanguage(stated: string, text: string): string {
  return stated === '' ? detectLanguage(text) : primaryLanguage(stated);
}

function detectByScript(text: string): string {
  const letters = text.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter));
  // A foreign brand name inside a Latin text does not make the text foreign.
  if (foreign.length < 2 || foreign.length < letters.length * 0.3) return '';
  return SCRIPTS.find(([pattern]) => pattern.test(foreign.join('').toLowerCase()))?.[1] ?? '';
}

function detectByWords(text: string): string {
  const lower = text.toLowerCase();
  const scores = new Map<string, number>();
  const add = (language: string, points: number): void => void scores.set(language, (scores.get(language) ?? 0) + points);
  for (const word of lower.match(/\p{L}+/gu) ?? []) for (const language of WORDS.get(word) ?? []) add(language, 1);
  for (const [pattern, language] of LETTERS) if (pattern.test(lower)) add(language, 1.5);
  const ranked = [...scores].sort((left, right) => right[1] - left[1]);
  const [best, second] = ranked;
  if (best === undefined) return '';
  return best[1] >= 1 && best[1] > (second?.[1] ?? 0) ? best[0] : '';
}

function indexStopWords(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [language, words] of Object.entries(STOP_WORDS)) {
    for (const word of new Set(words.split(' '))) index.set(word, [...(index.get(word) ?? []), language]);
  }
  return index;
}
