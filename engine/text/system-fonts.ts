/**
 * Finds an installed font for characters that no bundled one draws (Chinese, Thai, Devanagari …). Looks into the usual
 * font folders itself, because sharp cannot be asked what fontconfig knows, and Pango draws boxes without a word.
 */
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type FontFace, readFontFace } from './font-face.ts';

const MAX_FILES = 4000;

function fontFolders(): string[] {
  const home = os.homedir();
  if (process.platform === 'win32') return [path.join(process.env['WINDIR'] ?? 'C:\\Windows', 'Fonts'), path.join(home, 'AppData/Local/Microsoft/Windows/Fonts')];
  if (process.platform === 'darwin') return ['/System/Library/Fonts', '/Library/Fonts', path.join(home, 'Library/Fonts')];
  return ['/usr/share/fonts', '/usr/local/share/fonts', path.join(home, '.local/share/fonts'), path.join(home, '.fonts')];
}

/** Plain sans-serif faces of wide coverage first; the rest by name, so that the choice does not depend on the disk. */
const PREFERRED = /notosans|sourcehansans|pingfang|hiraginosans|msyh|microsoftyahei|yugothic|malgun|applesdgothic|wqy|wenquanyi|droidsansfallback/;
const AVOIDED = /mono|italic|oblique|condensed|thin|light|black|lastresort|emoji|symbol/;

function rank(file: string): number {
  const name = path.basename(file).toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return (PREFERRED.test(name) ? 0 : 2) + (AVOIDED.test(name) ? 5 : 0) + (/regular|medium/.test(name) ? 0 : 0.5);
}

let files: readonly string[] | undefined;

function installedFontFiles(): readonly string[] {
  files ??= fontFolders()
    .flatMap((folder) => listFonts(folder, 4))
    .slice(0, MAX_FILES)
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return files;
}

function listFonts(folder: string, depth: number): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return depth > 0 ? listFonts(full, depth - 1) : [];
      return /\.(ttf|otf|ttc|otc)$/i.test(entry.name) ? [full] : [];
    });
  } catch {
    // Most of these folders do not exist on most machines.
    return [];
  }
}

const faces = new Map<string, FontFace | undefined>();

function faceOf(file: string): FontFace | undefined {
  if (!faces.has(file)) faces.set(file, readFontFace(file));
  return faces.get(file);
}

/** The installed faces of a family, for a brand kit that names a font of the user's own. */
export function findInstalledFamily(family: string): FontFace[] {
  const wanted = family.toLowerCase();
  return installedFontFiles().flatMap((file) => {
    const face = faceOf(file);
    return face?.family.toLowerCase() === wanted ? [face] : [];
  });
}

/** Families that are installed, by name. Thousands of files may have to be looked into: others get their turn in between. */
export async function listInstalledFamilies(): Promise<string[]> {
  const families = new Set<string>();
  for (const [index, file] of installedFontFiles().entries()) {
    if (index % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
    const family = faceOf(file)?.family ?? '';
    // A dot in front: the system keeps it for itself.
    if (family !== '' && !family.startsWith('.')) families.add(family);
  }
  return [...families].sort((left, right) => left.localeCompare(right, 'en'));
}

/** Installed fonts that together draw as many of `codePoints` as can be drawn, best first. */
export function findInstalledFonts(codePoints: ReadonlySet<number>): FontFace[] {
  const open = new Set(codePoints);
  const found: FontFace[] = [];
  for (const file of open.size > 0 ? installedFontFiles() : []) {
    const face = faceOf(file);
    const drawn = face === undefined ? [] : [...open].filter((codePoint) => face.covers(codePoint));
    if (face === undefined || drawn.length === 0) continue;
    found.push(face);
    for (const codePoint of drawn) open.delete(codePoint);
    if (open.size === 0) break;
  }
  return found;
}
