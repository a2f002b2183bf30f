/** Shortcuts as the page writes them (`mod+shift+z`), as Electron shows them (`CommandOrControl+Shift+Z`). */
const NAMES: Readonly<Record<string, string>> = {
  mod: 'CommandOrControl', shift: 'Shift', alt: 'Alt', space: 'Space', escape: 'Esc', enter: 'Enter', backspace: 'Backspace', delete: 'Delete', tab: 'Tab', home: 'Home', end: 'End', pageup: 'PageUp', pagedown: 'PageDown', left: 'Left', right: 'Right', up: 'Up', down: 'Down', '+': 'Plus',
};

/** Undefined for what Electron has no name for. */
export function acceleratorOf(keys: string): string | undefined {
  const parts = keys.endsWith('+') ? [...keys.slice(0, -1).split('+').filter(Boolean), '+'] : keys.split('+');
  const named = parts.map((part) => NAMES[part] ?? (/^([!-~]|f\d{1,2})$/.test(part) ? part.toUpperCase() : undefined));
  return named.every((part) => part !== undefined) ? named.join('+') : undefined;
}
