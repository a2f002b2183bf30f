// Tests run real ffmpeg and load the real page: this finds one, or installs it as `adgen make` would, and builds the other.
import { buildRenderer } from '../cli/build-renderer.ts';
import { ensureFfmpeg } from '../cli/ensure-ffmpeg.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
await ensureFfmpeg(say);
await buildRenderer(say);
