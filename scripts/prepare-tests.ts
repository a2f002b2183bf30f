// Tests run real ffmpeg and load the real page in a real browser: each is found or installed first, and the page is built.
import { installBrowser } from './browser/install-browser.ts';
import { buildRenderer } from '../cli/build-renderer.ts';
import { ensureFfmpeg } from '../cli/ensure-ffmpeg.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
await ensureFfmpeg(say);
await installBrowser(say);
await buildRenderer(say);
