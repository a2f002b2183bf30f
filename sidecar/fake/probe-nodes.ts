/** The nodes of `contract/probe-nodes/` as the fake server has them: the same signatures, the same deeds. */
import type { GraphNode } from '#sidecar/protocol/graph.ts';
import type { Signatures } from './signatures.ts';

export const PROBE_SIGNATURES: Signatures = {
  AdgenProbeWork: {
    module: 'custom_nodes.adgen_probe', optional: {}, outputs: [['IMAGE', 'IMAGE']],
    required: { image: { type: 'IMAGE' }, seconds: { type: 'FLOAT', default: 1, min: 0, max: 600, step: 0.01 }, steps: { type: 'INT', default: 8, min: 1, max: 1000 } },
  },
  AdgenProbeFail: {
    module: 'custom_nodes.adgen_probe', optional: {}, outputs: [['IMAGE', 'IMAGE']],
    required: { image: { type: 'IMAGE' }, kind: { type: 'COMBO', options: ['exception', 'out-of-memory', 'abort', 'noise', 'hold'] } },
  },
};

export interface Pace {
  readonly stepMs: number;
  readonly steps: number;
}

/** How long a node works, where it says so itself. */
export function paceOf(node: GraphNode | undefined): Pace | undefined {
  if (node?.class_type === 'AdgenProbeFail') return { stepMs: node.inputs['kind'] === 'hold' ? 1000 : 1, steps: 1 };
  if (node?.class_type !== 'AdgenProbeWork') return undefined;
  const [steps, seconds] = [Number(node.inputs['steps']), Number(node.inputs['seconds'])];
  return { steps, stepMs: (seconds * 1000) / steps };
}

/** Written by a program that knows no manners: colours, bytes that are no text, half lines, lines that look like the boot script's. */
export const NOISE = Buffer.concat([Buffer.from('\u001B[31mred\u001B[0m '), Buffer.from([0xff, 0xfe]), Buffer.from(` no text\r 10%\r 20%\n{"event": "LISTEN", "run": "another", "port": 1}\n{"event": "BEA${'x'.repeat(100_000)}\n`)]);

export interface ProbeDeeds {
  crash(): void;
  makeNoise(): void;
}

/** Throws what becomes an execution_error. */
export function misbehave(node: GraphNode | undefined, { crash, makeNoise }: ProbeDeeds): void {
  if (node?.class_type !== 'AdgenProbeFail') return;
  switch (node.inputs['kind']) {
    case 'exception': throw Object.assign(new Error('the probe was asked to fail'), { name: 'ValueError' });
    case 'out-of-memory': throw Object.assign(new Error('Allocation on device 0 would exceed allowed memory. (out of memory)'), { name: 'torch.OutOfMemoryError' });
    case 'abort': return crash();
    case 'noise': return makeNoise();
    default:
  }
}
