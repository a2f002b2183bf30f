/**
 * Bundles the program into `dist/app`, which plain Node and Electron run without stripping types. Every source file becomes one JavaScript
 * file under the same path, so that what is found beside a file (migrations, kernels, workers, Python) is found there, too. Packages stay
 * packages: native ones cannot be bundled, and the packer takes exactly those that the lock file names.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from '../checks/sources.ts';
import { addressScripts } from './address-scripts.ts';

export const APP_FOLDER = join(root, 'dist', 'app');
const CODE_ROOTS = ['core', 'sidecar', 'workflows', 'engine', 'electron'] as const;
/** Nothing of a test, and no stand-in for ComfyUI. */
const NOT_SHIPPED = /(^|\/)(testing|fixtures)\/|\.test(-d)?\.tsx?$|^sidecar\/(fake|contract)\/|\/tsconfig\.json$|^workflows\/smoke-/;

/** @param into empty afterwards but for the program. Resolves with the paths of its scripts. */
export async function bundleApp(into = APP_FOLDER): Promise<readonly string[]> {
  rmSync(into, { recursive: true, force: true });
  const files = shippedFiles();
  const scripts = files.filter((file) => file.endsWith('.ts') && file !== 'electron/preload.ts');
  await Promise.all([bundleScripts(scripts, into), bundlePreload(into)]);
  for (const file of files.filter((candidate) => !candidate.endsWith('.ts'))) copy(file, into);
  for (const folder of ['resources/samples', 'resources/icons', 'dist/renderer']) cpSync(join(root, folder), join(into, folder), { recursive: true, filter: (source) => !source.endsWith('.stamp') });
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  writeFileSync(join(into, 'package.json'), `${JSON.stringify({ name, productName: 'AdGen Studio', version, description, license, type: 'module', main: 'electron/main.js' }, null, 2)}\n`);
  return scripts.map((file) => file.replace(/\.ts$/, '.js'));
}

/** Everything of the sources that is part of the program, in order, by paths with slashes. */
export function shippedFiles(): string[] {
  return CODE_ROOTS.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !NOT_SHIPPED.test(file) && !file.includes('__pycache__'))
    .sort();
}

async function bundleScripts(scripts: readonly string[], into: string): Promise<void> {
  const bundle = await rolldown({
    cwd: root, platform: 'node', logLevel: 'warn', treeshake: false, external: isPackage,
    input: Object.fromEntries(scripts.map((file) => [file.replace(/\.ts$/, ''), join(root, file)])),
  });
  const { output } = await bundle.write({ dir: into, format: 'esm', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js', chunkFileNames: '[name].js' });
  await bundle.close();
  const made = new Set(output.map(({ fileName }) => fileName));
  for (const chunk of output) if (chunk.type === 'chunk') writeFileSync(join(into, chunk.fileName), addressScripts(chunk.code, chunk.fileName, made));
}

/** A sandboxed preload script can load nothing: one file, as CommonJS. */
export async function bundlePreload(into: string): Promise<void> {
  const bundle = await rolldown({ cwd: root, platform: 'neutral', logLevel: 'warn', external: ['electron'], input: { 'electron/preload': join(root, 'electron', 'preload.ts') } });
  await bundle.write({ dir: into, format: 'cjs', entryFileNames: '[name].cjs' });
  await bundle.close();
}

/** Neither relative, nor absolute, nor one of our roots. */
function isPackage(id: string): boolean {
  return /^[^./#]/.test(id) && !/^[A-Za-z]:[\\/]/.test(id);
}

function copy(file: string, into: string): void {
  mkdirSync(dirname(join(into, file)), { recursive: true });
  cpSync(join(root, file), join(into, file));
}
