/** Builds what Electron is started on, `dist/app`, when its sources have changed: what `npm start` does before it opens the window. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRenderer } from '#cli/build-renderer.ts';
import { root } from '../checks/sources.ts';
import { APP_FOLDER, bundleApp, shippedFiles } from './bundle-app.ts';

const STAMP = join(APP_FOLDER, '.stamp');

await buildRenderer((line) => process.stderr.write(`${line}\n`));
const wanted = fingerprint();
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
  await bundleApp();
  writeFileSync(STAMP, wanted); // last, so that a build that was killed is done again
}

function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'dist', 'renderer', '.stamp')));
  for (const file of [...shippedFiles(), 'package-lock.json']) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
