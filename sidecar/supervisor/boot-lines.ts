/** What the boot script and ComfyUI say while they start, as data. Lines of the boot script carry the run's own mark. */
import { z } from 'zod';

const bootLineSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('HELLO'), run: z.string(), pid: z.number().int(), python: z.string(), guarded: z.boolean() }),
  z.object({ event: z.literal('BEAT'), run: z.string(), cpu: z.number() }),
  z.object({ event: z.literal('LISTEN'), run: z.string(), port: z.number().int().min(1).max(65_535) }),
]);
export type BootLine = z.infer<typeof bootLineSchema>;

/** A line of our boot script in this run, or undefined for anything else. */
export function parseBootLine(line: string, run: string): BootLine | undefined {
  if (!line.startsWith('{"event"')) return undefined;
  try {
    const parsed = bootLineSchema.safeParse(JSON.parse(line));
    return parsed.success && parsed.data.run === run ? parsed.data : undefined;
  } catch {
    return undefined; // a line of somebody else that only begins like ours
  }
}

/** Since 0.28 ComfyUI says how grave a line is. */
const LEVEL = /^\[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\] /;

/** From starts of 0.3.64 and 0.28.1, in the order in which they come. */
const ACTIVITIES: readonly (readonly [RegExp, string])[] = [
  [/^Setting base directory|^Found comfy_kitchen/, 'loading PyTorch'],
  [/^Checkpoint files will|^Total VRAM|^pytorch version|^Set vram state|^Device:/, 'preparing the device'],
  [/^Using .* attention|^ComfyUI version|^comfy-\w+ version/, 'loading ComfyUI'],
  [/^\[Prompt Server\] web root|^Skipping loading of custom nodes|^Import times for custom nodes|IMPORT FAILED/, 'loading nodes'],
  [/^Starting server|^To see the GUI/, 'opening the port'],
];

/** What a line of ComfyUI's start tells a user, if anything. */
export function activityOf(line: string): string | undefined {
  const said = line.replace(LEVEL, '');
  return ACTIVITIES.find(([pattern]) => pattern.test(said))?.[1];
}
