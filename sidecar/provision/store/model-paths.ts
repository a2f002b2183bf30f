/**
 * The YAML that tells ComfyUI where models are: one line per folder of `MODEL_FOLDERS`. Written without `base_path`, because ComfyUI
 * expands `$NAME` and `%NAME%` in that one and only there. Pure.
 */
import { join } from 'node:path';
import { MODEL_FOLDERS } from '#sidecar/models/catalogue.ts';

/** Names under which older installations keep the same kind of model. */
const OLDER_NAMES: Readonly<Record<string, readonly string[]>> = { text_encoders: ['clip'], diffusion_models: ['unet'], controlnet: ['t2i_adapter'] };

/** Our own models folder; it comes first, so that what ComfyUI itself would write goes there. */
export const ownModelPaths = (modelsDir: string): string => modelPathsYaml('adgen', modelsDir, { isDefault: true });

/** Somebody else's `models` folder, read only. */
export const adoptedModelPaths = (modelsDir: string): string => modelPathsYaml('adopted', modelsDir, { isDefault: false });

function modelPathsYaml(section: string, modelsDir: string, { isDefault }: { isDefault: boolean }): string {
  const rows = MODEL_FOLDERS.map((name) => {
    const folders = isDefault ? [name] : [name, ...(OLDER_NAMES[name] ?? [])];
    return `  ${name}: ${yamlString(folders.map((folder) => join(modelsDir, folder)).join('\n'))}\n`;
  });
  return `# Written by AdGen Studio; changes are lost.\n${section}:\n${isDefault ? '  is_default: true\n' : ''}${rows.join('')}`;
}

/** JSON's strings are YAML's; what YAML calls unprintable is escaped on top. */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (sign) => `\\u${sign.codePointAt(0)?.toString(16).padStart(4, '0')}`);
}
