/** Appearance and language: kept by the engine's settings, applied here. */
import { create } from 'zustand';
import { engine } from '../api/connection.ts';
import { setLanguage } from '../strings/index.ts';

type Appearance = 'system' | 'dark' | 'light';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const useAppearance = create<{ readonly appearance: Appearance; readonly isSystemDark: boolean }>(() => ({ appearance: 'system', isSystemDark: prefersDark.matches }));
prefersDark.addEventListener('change', ({ matches }) => useAppearance.setState({ isSystemDark: matches }));

/** The theme of the moment. */
export function useTheme(): 'dark' | 'light' {
  return useAppearance(themeOf);
}

function themeOf({ appearance, isSystemDark }: ReturnType<typeof useAppearance.getState>): 'dark' | 'light' {
  return appearance === 'system' ? (isSystemDark ? 'dark' : 'light') : appearance;
}

useAppearance.subscribe((state) => document.documentElement.classList.toggle('dark', themeOf(state) === 'dark'));

/** Shows an appearance at once; keeping it is `engine.settings.set`. */
export function setAppearance(appearance: Appearance): void {
  useAppearance.setState({ appearance });
}

/** Reads both from the engine and applies them. */
export async function loadPreferences(): Promise<void> {
  const { appearance, language } = await engine.settings.get();
  setAppearance(appearance);
  await setLanguage(language);
}
