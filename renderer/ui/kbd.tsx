/** Whether shortcuts are this system's: Command instead of Control. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);
const NAMES: Readonly<Record<string, string>> = isMac
  ? { mod: '⌘', shift: '⇧', alt: '⌥', ctrl: '⌃', enter: '↩', backspace: '⌫', delete: '⌦', left: '←', right: '→', up: '↑', down: '↓', space: 'Space', escape: 'Esc' }
  : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', ctrl: 'Ctrl', enter: 'Enter', backspace: '⌫', delete: 'Del', left: '←', right: '→', up: '↑', down: '↓', space: 'Space', escape: 'Esc' };

/** A shortcut as this system writes it; `keys` as hotkeys are declared: `mod+shift+z`. */
export function formatKeys(keys: string): string {
  const parts = keys.split('+').map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return parts.join(isMac ? '' : '+');
}

/** A shortcut, drawn. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className="rounded border border-line bg-sunken px-1 py-px font-sans text-[11px] text-muted">{formatKeys(keys)}</kbd>;
}
