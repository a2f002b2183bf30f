/** The end of a run in a few lines: files, measurements, what the user should know. */
import { join } from 'node:path';
import type { RenditionSummary, RunDocument } from '#engine/pipeline/run-document.ts';
import { oneLine } from '../terminal.ts';

export function formatSummary(document: RunDocument, outDir?: string): string[] {
  const hits = document.steps.filter((step) => step.isCacheHit).length;
  const cost = document.costUsd > 0 ? `, ${document.costUsd.toFixed(4)} USD` : '';
  return [
    `${document.state === 'succeeded' ? 'Done' : `Run ${document.state}`}: ${document.steps.length} steps (${hits} kept from before) in ${(document.durationMs / 1000).toFixed(1)} s${cost}. Run ${document.runId}`,
    ...document.renditions.map((rendition) => `  ${outDir ? join(outDir, rendition.file) : rendition.file}${describe(rendition)}`),
    ...(document.error ? [`  ${document.error.code}: ${oneLine(document.error.message, 1000)}`] : []),
    ...document.notices.map((notice) => `  note: ${oneLine(notice)}`),
    ...document.droppedClaims.map((claim) => `  left out: "${oneLine(claim.claim)}" — ${oneLine(claim.reason)}`),
  ];
}

function describe({ probe, loudness, fidelity }: RenditionSummary): string {
  const video = probe?.video;
  const parts = [
    video ? `${video.width}×${video.height}, ${video.durationSeconds.toFixed(2)} s` : '',
    loudness && loudness.lufs !== null ? `${loudness.lufs.toFixed(1)} LUFS` : '',
    fidelity && fidelity.verdict !== 'unmeasured' ? `product ΔE ${fidelity.deltaE2000.toFixed(2)}, ${fidelity.psnrDb.toFixed(1)} dB${fidelity.isFaithful ? '' : ' (!)'}` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `  (${parts.join(', ')})` : '';
}
