/** The figures as text: one line each, its target, whether it is reached, and what explains it. */
import type { Machine } from './machine.ts';
import type { Figure, Row } from './question.ts';

export function formatTable(rows: readonly Row[], machine: Machine, rounds: number): string {
  const head = `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, ffmpeg ${machine.ffmpeg}, commit ${machine.commit}`;
  const basis = `Medians of ${rounds} round${rounds === 1 ? '' : 's'}. CPU time: ${machine.cpuTime}.`;
  return `${[head, basis, '', ...rows.flatMap(formatRow)].join('\n')}\n`;
}

function formatRow(row: Row): string[] {
  const verdict = row.isReached === undefined ? ' ' : row.isReached ? '✓' : '✗';
  const value = row.value === undefined ? 'not measured' : `${formatNumber(row.value)} ${row.unit === 'ratio' ? '×' : row.unit}`;
  const spread = row.samples.length > 1 ? `${row.isWorst ? ' worst of' : ''} [${row.samples.map(formatNumber).join(' ')}]` : '';
  const details = Object.entries(row.details).map(([name, number]) => `${name} ${formatNumber(number)}`);
  return [`${verdict} ${row.asks}: ${value}${formatReach(row.reach)}${spread}`, ...(row.note ? [`    ${row.note}`] : []), ...(details.length > 0 ? [`    ${details.join(', ')}`] : [])];
}

function formatReach(reach: Figure['reach']): string {
  if (!reach) return '';
  return 'atMost' in reach ? ` (at most ${formatNumber(reach.atMost)})` : ` (at least ${formatNumber(reach.atLeast)})`;
}

function formatNumber(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
