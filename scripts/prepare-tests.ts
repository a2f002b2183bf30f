// Tests run real ffmpeg: this finds one, or installs it as `adgen make` would.
import { ensureFfmpeg } from '../cli/ensure-ffmpeg.ts';

await ensureFfmpeg((line) => process.stderr.write(`${line}\n`));
