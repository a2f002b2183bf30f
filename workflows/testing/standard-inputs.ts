/** One value for every input of a workflow, unlike its default; what the golden files were made with. */
import type { InputValue } from '../patch-workflow.ts';
import { nearestAllowed } from '../patch-workflow.ts';
import type { Manifest, WorkflowInput } from '../manifest.ts';

/** As the host would name a job. */
export const STANDARD_JOB = '00000000-0000-4000-8000-000000000001';

export function standardInputs(manifest: Manifest): Record<string, InputValue> {
  return Object.fromEntries(Object.entries(manifest.inputs).map(([name, input]) => [name, standardValue(name, input)]));
}

function standardValue(name: string, input: WorkflowInput): InputValue {
  switch (input.type) {
    case 'text': return `the ${name}: “straße”, 日本 & <tags> \\ "quotes"`;
    case 'seed': return 4_294_967_295;
    case 'boolean': return input.default !== true;
    case 'choice': return input.options.at(-1) ?? '';
    case 'image': return 'adgen/picture.png';
    case 'video': return 'adgen/clip.mp4';
    case 'audio': return 'adgen/sound.flac';
    case 'int':
    // By the name, so that width and height differ and cannot be mixed up unseen.
    case 'float': return nearestAllowed(input, input.min + ((input.max - input.min) * (2 + (name.length % 5))) / 8);
  }
}
