/**
 * What in an advert was photographed, what was drawn and what was generated: a truthful record to go with the files.
 * The terms are IPTC's digital source types (cv.iptc.org/newscodes/digitalsourcetype).
 */
import type { AdProject } from '#core/project/schema.ts';
import type { GenerationRecord, StepRecord } from '#engine/jobs/types.ts';

const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype';

/** One part of the picture or sound. */
export interface ProvenanceEntry {
  readonly part: string;
  readonly provider: string;
  readonly digitalSourceType: string;
  readonly note: string;
  /** How it was generated: workflow, models, inputs, server. */
  readonly generated?: readonly Omit<GenerationRecord, 'gpuSeconds'>[];
}

export interface Provenance {
  readonly format: 'adgen-provenance/1';
  readonly project: string;
  readonly result: string;
  readonly entries: readonly ProvenanceEntry[];
}

/** Builds the record from the document and the steps that made it. */
export function makeProvenance(project: AdProject, steps: readonly Pick<StepRecord, 'kind' | 'name' | 'provider' | 'generated'>[]): Provenance {
  const products = project.products.map((product): ProvenanceEntry => ({
    part: `product ${product.id}`,
    provider: product.method ?? 'unknown',
    digitalSourceType: `${IPTC}/digitalCapture`,
    note: 'Cut out of the supplied photo and composited. Its pixels were resampled, never generated or recoloured.',
  }));
  const made = steps
    .filter((step) => step.kind === 'backdrop' || step.kind === 'music')
    .map(({ kind, name, provider = 'unknown', generated }) => ({ ...describeMade(kind, name, provider), ...(generated?.length ? { generated: generated.map(timeless) } : {}) }))
    .sort((one, other) => (one.part < other.part ? -1 : 1)); // not by when they were made: the same advert is the same bytes
  const isGenerated = made.some((entry) => entry.digitalSourceType.endsWith('trainedAlgorithmicMedia'));
  const result = `${IPTC}/${isGenerated ? 'compositeWithTrainedAlgorithmicMedia' : 'composite'}`;
  return { format: 'adgen-provenance/1', project: project.id, result, entries: [...products, ...made] };
}

/** Without the time it took: the same advert is the same bytes. */
function timeless({ gpuSeconds: _gpuSeconds, ...record }: GenerationRecord): Omit<GenerationRecord, 'gpuSeconds'> {
  return record;
}

/** Ids of the providers that draw or play by rules. */
const BUILT_IN: readonly string[] = ['embedded', 'synth'];

/** Embedded sets and synthesiser are algorithms without training data; other providers are generative models. */
function describeMade(kind: string, name: string, provider: string): ProvenanceEntry {
  const what = kind === 'music' ? 'Music' : 'Backdrop';
  if (provider === 'own media') return { part: name, provider, digitalSourceType: `${IPTC}/digitalCapture`, note: `${what} supplied by the user.` };
  if (BUILT_IN.includes(provider)) return { part: name, provider, digitalSourceType: `${IPTC}/algorithmicMedia`, note: `${what} drawn by the program from the style specification; no trained model was used.` };
  return { part: name, provider, digitalSourceType: `${IPTC}/trainedAlgorithmicMedia`, note: `${what} made by a generative model.` };
}
