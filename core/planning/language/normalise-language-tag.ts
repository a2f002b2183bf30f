/** Languages by their English and own names, for briefs that say "German" or "Deutsch" instead of `de`. */
const NAMES: Readonly<Record<string, string>> = {
  english: 'en', german: 'de', deutsch: 'de', french: 'fr', français: 'fr', francais: 'fr', spanish: 'es', español: 'es', espanol: 'es',
  italian: 'it', italiano: 'it', portuguese: 'pt', português: 'pt', portugues: 'pt', dutch: 'nl', nederlands: 'nl', arabic: 'ar', العربية: 'ar',
  japanese: 'ja', 日本語: 'ja', chinese: 'zh', 中文: 'zh', korean: 'ko', 한국어: 'ko', russian: 'ru', русский: 'ru', hebrew: 'he', עברית: 'he',
  polish: 'pl', polski: 'pl', swedish: 'sv', svenska: 'sv', danish: 'da', dansk: 'da', norwegian: 'nb', norsk: 'nb', turkish: 'tr', türkçe: 'tr',
  greek: 'el', ελληνικά: 'el', czech: 'cs', čeština: 'cs', finnish: 'fi', suomi: 'fi', hindi: 'hi', thai: 'th', ukrainian: 'uk',
};

/** A BCP 47 tag in its usual case (`pt_br` → `pt-BR`), or '' when the text is neither a tag nor a known language name. */
export function normaliseLanguageTag(text: string): string {
  const trimmed = text.trim();
  const named = NAMES[trimmed.toLowerCase()];
  if (named !== undefined) return named;
  if (!/^[a-z]{2,3}([-_][a-z0-9]{1,8})*$/i.test(trimmed)) return '';
  return trimmed.split(/[-_]/).map(formatSubtag).join('-');
}

function formatSubtag(subtag: string, index: number): string {
  if (index === 0) return subtag.toLowerCase();
  if (/^[a-z]{2}$/i.test(subtag)) return subtag.toUpperCase();
  if (/^[a-z]{4}$/i.test(subtag)) return `${subtag[0]?.toUpperCase()}${subtag.slice(1).toLowerCase()}`;
  return subtag.toLowerCase();
}

/** The language without script and region: `pt-BR` → `pt`. */
export function primaryLanguage(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
