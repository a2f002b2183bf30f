/**
 * The desktop shell's main process, as a table of contents. It has no rule of the product: the engine has those, in a process of its own.
 * What stands before `whenReady` must stand there: Electron reads it as it starts.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { defaultDataDir } from '#engine/settings.ts';
import { optionIn } from './command-line.ts';
import { keepCrashReports } from './crash-report.ts';
import { deliveriesIn, listenForFiles } from './open-files.ts';
import { lockContents } from './security.ts';
import { beTheOnlyOne } from './single-instance.ts';
import { createStudio } from './studio.ts';
import { registerStudioScheme } from './studio-scheme.ts';
import { useOwnNode } from './own-node.ts';

const dataDir = resolve(optionIn(process.argv, '--data') ?? defaultDataDir());
const shellFolder = join(dataDir, 'shell');
mkdirSync(shellFolder, { recursive: true });
app.setName('AdGen Studio');
app.setPath('userData', shellFolder);
keepCrashReports(shellFolder);
useOwnNode();
registerStudioScheme();
lockContents();

const studio = createStudio({ dataDir, shellFolder, ...(optionIn(process.argv, '--comfy-url') ? { comfyUrl: optionIn(process.argv, '--comfy-url') } : {}) });
listenForFiles((path) => studio.importFiles([path]));
const isFirst = beTheOnlyOne((argv, workingDirectory) => {
  studio.show();
  studio.importFiles(deliveriesIn(argv, workingDirectory));
});
if (isFirst) {
  studio.importFiles(deliveriesIn(process.argv.slice(1), process.cwd()));
  void app.whenReady().then(() => studio.start());
} else app.quit();
