/** Where the window stood, kept over starts, and brought back onto a screen that is there. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Missing = in the middle of the first screen. */
  readonly bounds?: Rectangle | undefined;
  readonly isMaximized: boolean;
  /** What the page looked like; missing = as the system. */
  readonly isDark?: boolean | undefined;
}

export const SMALLEST = { width: 960, height: 640 };
const USUAL = { width: 1440, height: 900 };
/** Of the title bar that must stay in reach. */
const REACHABLE = 80;

const whole = z.number().int().min(-100_000).max(100_000);
const stateSchema = z.object({ bounds: z.object({ x: whole, y: whole, width: whole.min(1), height: whole.min(1) }).optional(), isMaximized: z.boolean(), isDark: z.boolean().optional() });

/** A file that is missing or damaged is as good as none: the window then opens where windows open. */
export function readWindowState(path: string): WindowState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { isMaximized: false }; // first start, or somebody else's file
  }
}

export function writeWindowState(path: string, state: WindowState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, JSON.stringify(state));
  renameSync(`${path}.part`, path);
}

/** A place whose title bar can be reached; screens may have gone or shrunk. `screens`: their work areas, the main one first. */
export function fitToScreens(bounds: Rectangle | undefined, screens: readonly Rectangle[]): Rectangle {
  const home = (bounds && screens.find((screen) => shares(bounds, screen))) ?? screens[0] ?? { x: 0, y: 0, ...USUAL };
  const width = clamp(bounds?.width ?? USUAL.width, Math.min(SMALLEST.width, home.width), home.width);
  const height = clamp(bounds?.height ?? USUAL.height, Math.min(SMALLEST.height, home.height), home.height);
  if (!bounds || !shares(bounds, home)) return { x: home.x + Math.round((home.width - width) / 2), y: home.y + Math.round((home.height - height) / 2), width, height };
  return { x: clamp(bounds.x, home.x - width + REACHABLE, home.x + home.width - REACHABLE), y: clamp(bounds.y, home.y, home.y + home.height - REACHABLE), width, height };
}

/** Whether enough of the title bar lies on a screen. */
function shares(bounds: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
  return across >= REACHABLE && bounds.y >= screen.y - REACHABLE && bounds.y < screen.y + screen.height - REACHABLE / 2;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
