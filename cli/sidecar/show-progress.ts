/** What installing, repairing and bundling tell, as one bar with words for each stage. */
import type { ProvisionProgress } from '#sidecar/provision/types.ts';
import { withTaskView } from '../view/task-view.ts';

const STAGES: Readonly<Record<ProvisionProgress['stage'], string>> = {
  look: 'Looking at this machine', space: 'Looking for space', uv: 'Package tool', python: 'Python', source: 'ComfyUI', packages: 'Packages',
  'self-test': 'Trying it out', lock: 'Writing down every file', switch: 'Switching over', bundle: 'Bundle', models: 'Models',
};

export async function withProgress<T>(work: (onProgress: (progress: ProvisionProgress) => void) => Promise<T>): Promise<T> {
  return await withTaskView((view) => work(({ stage, fraction, note }) => view.show({ fraction, step: STAGES[stage], detail: note })));
}
