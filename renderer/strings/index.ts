/**
 * Every word that the studio shows. English is the catalogue; other languages have its type, so a missing string does not compile. A file
 * per feature; a string with a number in it is a function. What the engine says goes through `say.ts`.
 */
import { create } from 'zustand';
import { en } from './en/index.ts';

/** The catalogue's type. */
export type Strings = typeof en;
export type Language = 'en' | 'de';

interface StringsState {
  readonly language: Language;
  readonly strings: Strings;
}

const useStore = create<StringsState>(() => ({ language: 'en', strings: en }));

/** The catalogue of the language of the moment. */
export function useStrings(): Strings {
  return useStore((state) => state.strings);
}

/** The catalogue outside React. */
export function stringsNow(): Strings {
  return useStore.getState().strings;
}

/** The language outside React. */
export function languageNow(): Language {
  return useStore.getState().language;
}

/** The language of the moment, for `Intl`. */
export function useLanguage(): Language {
  return useStore((state) => state.language);
}

/** Loads a language and switches to it; `system` is that of the browser, if it is there. */
export async function setLanguage(wish: Language | 'system'): Promise<void> {
  const language: Language = wish === 'system' ? (navigator.language.startsWith('de') ? 'de' : 'en') : wish;
  const strings = language === 'de' ? (await import('./de/index.ts')).de : en;
  document.documentElement.lang = language;
  useStore.setState({ language, strings });
}
