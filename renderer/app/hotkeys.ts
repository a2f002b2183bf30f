/** Keys to commands: one listener for the page. Held keys repeat; text fields keep their keys unless a command is global. */
import { useEffect } from 'react';
import { commandsNow } from './commands.ts';
import type { Command } from './commands.ts';
import { isMac } from '../ui/kbd.tsx';

const NAMES: Readonly<Record<string, string>> = { ' ': 'space', arrowleft: 'left', arrowright: 'right', arrowup: 'up', arrowdown: 'down', escape: 'escape' };

/** Listens while the component is there. */
export function useHotkeyDispatch(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandsNow().findLast((candidate) => isMeant(candidate, event));
      if (!command || command.isDisabled === true) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isMeant({ keys = [], isGlobal = false }: Command, event: KeyboardEvent): boolean {
  if (!keys.some((key) => matches(key, event))) return false;
  return isGlobal || !needsItsKeys(event);
}

/** Whether an event is a shortcut written `mod+shift+z`. A shifted sign (`?`) is matched as it was typed. */
export function matches(keys: string, event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): boolean {
  const parts = keys.split('+');
  const wanted = parts.at(-1) ?? '';
  const pressed = event.key.toLowerCase();
  const named = NAMES[pressed] ?? pressed;
  const isSign = wanted.length === 1 && !/[a-z0-9]/.test(wanted);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  const isKey = named === wanted || (/^[a-z]$/.test(wanted) && event.code === `Key${wanted.toUpperCase()}` && !/^[a-z]$/.test(pressed));
  return isKey && mod === parts.includes('mod') && !other && event.altKey === parts.includes('alt') && (isSign || event.shiftKey === parts.includes('shift'));
}

/** Fields take letters; lists, sliders and tabs take arrows; buttons take space and enter, links enter only. Pop-ups over the screen take everything. */
function needsItsKeys(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  if (!target) return false;
  if (target.closest('input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]')) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End') return target.closest('[role=slider], [role=tab], [role=radio], [role=separator], [data-takes-arrows]') !== null;
  if (event.key === 'Enter' && target.closest('a')) return true;
  return (event.key === ' ' || event.key === 'Enter') && target.closest('button, [role=switch], [role=checkbox], [role=slider]') !== null;
}

