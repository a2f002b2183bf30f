/** The ComfyUI workflows as a user sees them: ready on the server of the moment, or what is missing. Without a server, only models can be judged. */
import type { z } from 'zod';
import type { workflowSchema } from '#core/contract/sidecar.ts';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import type { CatalogueModel } from '#sidecar/models/catalogue.ts';
import { fetchObjectInfo, identify } from '#sidecar/client/ask-server.ts';
import type { ShownModel } from '#sidecar/host/model-list.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Workflow } from '#workflows/load-workflows.ts';
import type { Capability } from '#workflows/manifest.ts';

export type ShownWorkflow = z.infer<typeof workflowSchema>;

export interface WorkflowQuestion {
  readonly workflowsDir: string;
  readonly models: readonly ShownModel[];
  /** Undefined = none runs. */
  readonly server: { readonly url: string; readonly nonce?: string } | undefined;
  /** An engine is set up, so that what is missing here is all that is missing. */
  readonly hasEngine: boolean;
}

interface Judge {
  (workflow: Workflow): { readonly missing: string[]; readonly problem: string | null; readonly isReady: boolean };
}

/** Rejects when the server does not answer. */
export async function listWorkflows({ workflowsDir, models, server, hasEngine }: WorkflowQuestion): Promise<ShownWorkflow[]> {
  const { workflows, faults } = await loadWorkflows(workflowsDir);
  const judge = server ? await byServer(server) : byModels(models, hasEngine);
  const catalogue = new Map(loadCatalogue().map((model) => [model.id, model]));
  const here = new Map(models.map((model) => [model.id, model]));
  return [
    ...workflows.filter(({ manifest, source }) => manifest.quality > 0 || source === 'user').toSorted((a, b) => ORDER.indexOf(a.manifest.capability) - ORDER.indexOf(b.manifest.capability)).map((workflow): ShownWorkflow => {
      const { id, title, capability, vram, models: needed } = workflow.manifest;
      const absent = needed.flatMap((modelId) => here.get(modelId) ?? []).filter(({ isPresent }) => !isPresent);
      return {
        id, title, capability, vramTierGb: vram.tierGb, isOwn: workflow.source === 'user', ...judge(workflow),
        license: licencesOf(needed.flatMap((modelId) => catalogue.get(modelId) ?? [])),
        missingModels: absent.filter(({ canPull }) => canPull).map((model) => model.id),
        missingBytes: absent.reduce((sum, { sizeBytes, doneBytes }) => sum + sizeBytes - doneBytes, 0),
      };
    }),
    ...faults.map(({ folder, message }): ShownWorkflow => ({ id: folder, title: folder, capability: 'unreadable', license: '', vramTierGb: 0, isOwn: true, missing: [], problem: message, isReady: false, missingModels: [], missingBytes: 0 })),
  ];
}

const licencesOf = (models: readonly CatalogueModel[]): string => [...new Set(models.map(({ licence }) => licence))].join(', ');

async function byServer({ url, nonce }: { readonly url: string; readonly nonce?: string }): Promise<Judge> {
  const [{ version }, objectInfo] = await Promise.all([identify(url, nonce), fetchObjectInfo(url)]);
  const names = new Map(loadCatalogue().map(({ id, name }) => [id, name]));
  return ({ graph, manifest }) => {
    const report = checkWorkflow(graph, { objectInfo, manifest, models: loadCatalogue(), serverVersion: version });
    const isOnlyModels = report.problems.every(({ code }) => code === 'MODEL_MISSING');
    return { isReady: report.isUsable, missing: report.missingModels.map(({ file, known }) => names.get(known?.id ?? '') ?? file), problem: report.isUsable || isOnlyModels ? null : report.summary };
  };
}

function byModels(models: readonly ShownModel[], hasEngine: boolean): Judge {
  const byId = new Map(models.map((model) => [model.id, model]));
  return ({ manifest }) => {
    const missing = manifest.models.filter((id) => byId.get(id)?.isPresent !== true).map((id) => byId.get(id)?.name ?? id);
    return { missing, problem: null, isReady: hasEngine && missing.length === 0 };
  };
}

/** The models with what each is for: the kind of work of the first workflow that needs it; `other` for those that none of them needs. */
export async function withUses(models: readonly ShownModel[], workflowsDir: string): Promise<ShownModel[]> {
  const { workflows } = await loadWorkflows(workflowsDir);
  const uses = new Map(workflows.toSorted((a, b) => ORDER.indexOf(b.manifest.capability) - ORDER.indexOf(a.manifest.capability)).flatMap(({ manifest }) => manifest.models.map((id) => [id, manifest.capability] as const)));
  const placeOf = (model: ShownModel): number => ORDER.findIndex((use) => use === uses.get(model.id)) >>> 0; // none comes last
  return models.toSorted((a, b) => placeOf(a) - placeOf(b)).map((model) => ({ ...model, use: uses.get(model.id) ?? 'other' }));
}

const ORDER: readonly Capability[] = ['backdrop-clip', 'backdrop-still', 'music', 'cutout', 'upscale', 'interpolate'];
