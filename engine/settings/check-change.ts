/** Is a change of the settings usable? Tried, not assumed: folders are written to, an ffmpeg runs. What is not named is not looked at. */
import { isAbsolute } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { isLoopbackHost } from '#core/lib/loopback.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
import type { StudioSettingsChange } from './studio-settings.ts';

/** The change with spellings tidied. Throws BAD_INPUT, READ_ONLY or MISSING_TOOL in one sentence; nothing is kept then. */
export async function checkChange(change: StudioSettingsChange): Promise<StudioSettingsChange> {
  const tidy = { ...change };
  for (const name of ['exportDir', 'ffmpegPath', 'planUrl', 'planModel'] as const) if (tidy[name] !== undefined) tidy[name] = tidy[name].trim();
  if (tidy.exportDir) await checkFolder(tidy.exportDir);
  if (tidy.ffmpegPath) await checkFfmpeg(tidy.ffmpegPath);
  if (tidy.planUrl) tidy.planUrl = checkPlanUrl(tidy.planUrl);
  return tidy;
}

async function checkFolder(path: string): Promise<void> {
  if (!isAbsolute(path)) throw new AdgenError('BAD_INPUT', `"${path.slice(0, 200)}" is not a whole path. Give the folder from the root of its disk on.`);
  await checkOutputFolder(path);
}

async function checkFfmpeg(path: string): Promise<void> {
  if (!isAbsolute(path)) throw new AdgenError('BAD_INPUT', `"${path.slice(0, 200)}" is not a whole path. Give the file from the root of its disk on, or leave the field empty.`);
  try {
    await locateFfmpeg({ setting: path });
  } catch (error) {
    if (!(error instanceof AdgenError)) throw error;
    throw new AdgenError('BAD_INPUT', error.message.replace('Change or remove the setting (ADGEN_FFMPEG).', 'Choose another one, or leave the field empty.'), { cause: error });
  }
}

/** A key travels to this address, so another machine has to be asked over https. */
function checkPlanUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw new AdgenError('BAD_INPUT', 'The address of the planning server is written like https://api.openai.com/v1 or http://127.0.0.1:11434/v1.');
  if (url.username !== '' || url.password !== '') throw new AdgenError('BAD_INPUT', 'Leave user name and password out of the address, and enter the key in its own field.');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) throw new AdgenError('BAD_INPUT', `A server on another machine is asked over https only, because the key and the brief travel to it. Write https://${url.host}${url.pathname}.`);
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}
