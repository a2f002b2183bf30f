/** Findings: what pre-flight has to say, and in what order. */
import type { z } from 'zod';
import type { exportOrderSchema, findingSchema } from '../../contract/exports.ts';
import type { Bound, Evidence } from '../schema.ts';

/** One thing that pre-flight says; the contract's shape. */
export type Finding = z.infer<typeof findingSchema>;
/** What is exported; the contract's shape. */
export type ExportOrder = z.infer<typeof exportOrderSchema>;
export type Severity = Finding['severity'];

/** What a rule says; the rest has defaults. */
export interface FindingInput {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly evidence: Evidence;
  readonly found?: string;
  readonly wanted?: string;
  readonly sceneId?: string;
  readonly frame?: number;
  readonly fix?: { readonly kind: string; readonly label: string; readonly data: Record<string, unknown> };
}

/** A finding with everything that the contract wants. */
export function finding({ evidence, found, wanted, sceneId, frame, fix, ...said }: FindingInput): Finding {
  const { source, confidence, checked } = evidence;
  return { ...said, found: found ?? null, wanted: wanted ?? null, source, confidence, checked, sceneId: sceneId ?? null, frame: frame ?? null, fix: fix ? { ...fix } : null };
}

const ORDER: readonly Severity[] = ['refuse', 'warn', 'info'];

/** The gravest first; findings of equal weight stay as they were. */
export function byWeight(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** Whether a file must not be made (or used) unless somebody says why all the same. */
export function isRefused(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'refuse');
}

/** Only a platform's own word refuses. */
export function weightOf({ confidence }: Pick<Evidence, 'confidence'>): Severity {
  return confidence === 'official' ? 'refuse' : 'warn';
}

/** Which of several sources' bounds a value breaks, and how much that weighs: where sources disagree it is a warning, with all values. */
export function judgeBounds(value: number, bounds: readonly Bound[], breaks: (value: number, bound: number) => boolean): { readonly broken: Bound; readonly severity: Severity; readonly isDisputed: boolean } | undefined {
  const broken = bounds.filter((each) => breaks(value, each.value));
  const worst = broken.find(({ confidence }) => confidence === 'official') ?? broken[0];
  if (!worst) return undefined;
  const isDisputed = broken.length < bounds.length;
  return { broken: worst, severity: isDisputed ? 'warn' : weightOf(worst), isDisputed };
}

/** All that the sources say: `60 s (TikTok …), 600 s (adsights.ai …)`; one source alone needs no name. */
export function saidBy(bounds: readonly Bound[], format: (value: number) => string): string {
  if (bounds.length === 1 && bounds[0]) return format(bounds[0].value);
  return bounds.map((each) => `${format(each.value)} (${each.source})`).join(', ');
}
