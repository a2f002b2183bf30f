/**
 * The native menu as data: every command of the page under its own heading, recent projects, and what a system's menu has to have. The page
 * handles its keys itself, so accelerators are only shown; macOS registers whatever it shows, so there only those are shown that mean the
 * same in a text field.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#core/contract/desktop-bridge.ts';
import { acceleratorOf } from './accelerator.ts';
import type { RecentProject } from './recent.ts';
import type { Words } from './words.ts';

export interface MenuContent {
  readonly commands: readonly MenuCommand[];
  readonly recent: readonly RecentProject[];
  readonly words: Words;
  readonly isMac: boolean;
  /** With developer tools. */
  readonly isDevelopment: boolean;
  onCommand(commandId: string): void;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

export function menuTemplate(content: MenuContent): Item[] {
  const { words, isMac } = content;
  const groups = [...new Set(content.commands.map(({ group }) => group))];
  return [
    ...(isMac ? [appMenu(words)] : []),
    { label: words.file, submenu: [{ label: words.openRecent, submenu: recentItems(content) }, line, isMac ? { role: 'close', label: words.close } : { role: 'quit', label: words.quit }] },
    { label: words.edit, submenu: [{ role: 'undo', label: words.undo }, { role: 'redo', label: words.redo }, line, { role: 'cut', label: words.cut }, { role: 'copy', label: words.copy }, { role: 'paste', label: words.paste }, { role: 'selectAll', label: words.selectAll }] },
    ...groups.map((group): Item => ({ label: group, submenu: content.commands.filter((command) => command.group === group).map((command) => commandItem(command, content)) })),
    {
      label: words.view,
      submenu: [{ role: 'zoomIn', label: words.zoomIn }, { role: 'zoomOut', label: words.zoomOut }, { role: 'resetZoom', label: words.actualSize }, line, { role: 'togglefullscreen', label: words.fullScreen }, ...(content.isDevelopment ? [{ role: 'toggleDevTools', label: words.developerTools } as const] : [])],
    },
    { role: 'window', label: words.window, submenu: [{ role: 'minimize', label: words.minimise }, ...(isMac ? [{ role: 'front', label: words.toFront } as const] : [{ role: 'close', label: words.close } as const])] },
  ];
}

function appMenu(words: Words): Item {
  return { role: 'appMenu', submenu: [{ role: 'about', label: words.about }, line, { role: 'services', label: words.services }, line, { role: 'hide', label: words.hide }, { role: 'hideOthers', label: words.hideOthers }, { role: 'unhide', label: words.showAll }, line, { role: 'quit', label: words.quit }] };
}

function recentItems({ recent, words, onCommand }: MenuContent): Item[] {
  if (recent.length === 0) return [{ label: words.nothingRecent, enabled: false }];
  return recent.map(({ id, name }) => ({ label: escapeMnemonic(name), click: () => onCommand(`open:/projects/${id}/timeline`) }));
}

function commandItem({ id, label, keys = [], isDisabled = false, isGlobal = false }: MenuCommand, { isMac, onCommand }: MenuContent): Item {
  const shown = keys.find((key) => !isMac || (isGlobal && key.includes('mod+')));
  const accelerator = shown === undefined ? undefined : acceleratorOf(shown);
  return { id, label: escapeMnemonic(label), enabled: !isDisabled, ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: isMac }), click: () => onCommand(id) };
}

/** A single `&` would vanish and underline the letter after it. */
function escapeMnemonic(text: string): string {
  return text.replaceAll('&', '&&');
}
