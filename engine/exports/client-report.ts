/** The report for a client: one HTML file that needs nothing else, not even a network. Text of the user is escaped, and a policy in the page forbids scripts. */
import type { Finding } from '#core/placements/preflight/finding.ts';
import { formatBitrate, formatSeconds, formatSize } from '#core/placements/preflight/figures.ts';
import { describeSound } from '#core/placements/preflight/check-file.ts';
import { placementById } from '#core/placements/placements.ts';
import { timebaseOf } from '#core/placements/rates.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import type { Services } from '#engine/pipeline/services.ts';
import { basename } from 'node:path';
import type { ExportReport } from './export-orders.ts';
import type { Provenance } from './provenance.ts';
import { reportPair } from './report-pictures.ts';
import type { ReportPair } from './report-pictures.ts';
import { REPORT_STYLE } from './report-style.ts';
import { reportWords } from './report-words.ts';
import type { ReportWords } from './report-words.ts';

/** A finished export, as the report tells of it. */
export interface ReportedExport {
  readonly order: ExportOrder;
  readonly file: AssetRef;
  readonly path: string;
  readonly report: ExportReport;
  /** The document that it was made from. */
  readonly document: AdProject;
}

/** The page. */
export async function makeClientReport(project: AdProject, exports: readonly ReportedExport[], provenance: Provenance, services: Pick<Services, 'store' | 'ffmpegPath'>, nowMs: number): Promise<string> {
  const { words, tag } = reportWords(project.brief.language);
  const sections: string[] = [];
  for (const each of exports) sections.push(fileSection(each, await reportPair(each.document, each.file, each.report.data, { ratio: each.order.ratio, rate: timebaseOf(each.order.rate) }, services), words));
  const date = new Date(nowMs).toLocaleDateString(tag, { dateStyle: 'long' });
  return `<!doctype html>
<html lang="${tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escape(words.title(project.name))}</title><style>${REPORT_STYLE}</style></head>
<body><header><h1>${escape(words.title(project.name))}</h1><p class="meta">${escape(words.made(date))}</p><p>${escape(words.intro)}</p></header>
<main>${sections.join('\n')}${provenanceSection(provenance, words)}</main></body></html>
`;
}

function fileSection({ order, path, report }: ReportedExport, pair: ReportPair | undefined, words: ReportWords): string {
  const { facts, fidelity } = report.data;
  const { video } = facts;
  const name = placementById(order.placementId).name;
  const rows: [string, string][] = [
    [words.format, `${order.ratio}, ${video.width} × ${video.height}, ${order.rate} fps`], [words.length, formatSeconds(facts.durationSeconds)], [words.size, formatSize(facts.sizeBytes)],
    [words.picture, `H.264 ${video.profile}, ${formatBitrate(video.bitrate)}`], [words.sound, facts.audio ? describeSound(facts) : words.silent], [words.encoder, report.encoder],
  ];
  return `<section><h2>${escape(basename(path))}</h2><p class="meta">${escape(words.placementOf(name))}</p>
<dl class="figures">${rows.map(([term, value]) => `<div><dt>${escape(term)}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl>
<h3>${escape(words.product)}</h3>${pair ? pairFigure(pair, words) : ''}
<p class="verdict ${fidelity.verdict}">${escape(words[fidelity.verdict])}</p>
${fidelity.verdict === 'unmeasured' ? '' : `<dl class="measures"><div><dt>${escape(words.deltaE)}</dt><dd><b>${fidelity.deltaE2000.toFixed(2)}</b> ${escape(words.deltaEText)}</dd></div><div><dt>${escape(words.ssim)}</dt><dd><b>${fidelity.ssim.toFixed(3)}</b> ${escape(words.ssimText)}</dd></div></dl>`}
<h3>${escape(words.checks)}</h3>${findingsList(report.findings, words)}${order.overrideReason ? `<p>${escape(words.override)} “${escape(order.overrideReason)}”</p>` : ''}</section>`;
}

function pairFigure({ photo, file, seconds }: ReportPair, words: ReportWords): string {
  return `<div class="pair"><figure><img src="${photo}" alt="${escape(words.fromPhoto)}"><figcaption>${escape(words.fromPhoto)}</figcaption></figure>
<figure><img src="${file}" alt="${escape(words.fromFile)}"><figcaption>${escape(words.fromFile)}, ${escape(words.at(seconds.toFixed(1)))}</figcaption></figure></div>`;
}

function findingsList(findings: readonly Finding[], words: ReportWords): string {
  if (findings.length === 0) return `<p class="verdict faithful">${escape(words.passed)}</p>`;
  return `<ul>${findings.map(({ severity, message, found, wanted, source, checked }) => `<li class="${severity}"><b>${escape(words[severity])}</b> ${escape(message)}${found && wanted ? ` <span class="meta">${escape(words.foundWanted(found, wanted))}</span>` : ''}${source ? ` <span class="meta">${escape(`${words.source}: ${source}, ${checked}`)}</span>` : ''}</li>`).join('')}</ul>`;
}

function provenanceSection({ entries }: Provenance, words: ReportWords): string {
  const rows = entries.map(({ part, provider, digitalSourceType, generated }) => {
    const kind = digitalSourceType.split('/').at(-1) ?? '';
    const isProduct = part.startsWith('product');
    const isMusic = /music/.test(part);
    const models = generated?.flatMap(({ models: used }) => used).join(', ');
    return `<tr><td>${escape(isProduct ? words.productPart : isMusic ? words.musicPart : `${words.backdropPart} (${part})`)}</td><td>${escape(words.kinds[kind] ?? kind)}</td><td>${escape(isProduct ? words.productNote : models ? `${provider}: ${models}` : provider)}</td></tr>`;
  });
  return `<section><h2>${escape(words.provenance)}</h2><table><tbody>${rows.join('')}</tbody></table></section>`;
}

function escape(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
