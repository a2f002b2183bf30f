/** The files of an advert under their readable names (DESIGN §7), and what the delivery ZIP holds. */
import { formatSrt } from '#core/planning/srt.ts';
import { formatRatioForFile } from '#core/project/ratio.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import type { FinishedAdvert, FinishedRendition } from '#engine/pipeline/render-document.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import type { DeliveryEntry } from './delivery-zip.ts';
import type { Provenance } from './provenance.ts';

/** A readable name and the artifact that it stands for. */
export interface NamedAsset {
  readonly name: string;
  readonly asset: AssetRef;
}

/** File name of a rendition: `final_9x16.mp4`, `still_1x1.jpg`; a second one of its kind carries its id. */
export function renditionFileName({ rendition }: Pick<FinishedRendition, 'rendition'>, all: readonly Pick<FinishedRendition, 'rendition'>[]): string {
  const isFirst = all.find((other) => other.rendition.kind === rendition.kind && other.rendition.ratio === rendition.ratio)?.rendition.id === rendition.id;
  const base = `${rendition.kind === 'video' ? 'final' : 'still'}_${formatRatioForFile(rendition.ratio)}`;
  return `${base}${isFirst ? '' : `_${rendition.id}`}.${rendition.kind === 'video' ? 'mp4' : 'jpg'}`;
}

/** What `--out` gets besides the JSON documents and the ZIP. */
export function deliveredAssets(project: AdProject, advert: FinishedAdvert): NamedAsset[] {
  const renditions = advert.renditions.map((finished) => ({ name: renditionFileName(finished, advert.renditions), asset: finished.file }));
  return [...renditions, ...project.products.flatMap(productPictures)];
}

function productPictures(product: AdProject['products'][number], index: number): NamedAsset[] {
  const prefix = index === 0 ? 'product' : `product_${index + 1}`;
  return [
    ...(product.mask ? [{ name: `${prefix}_mask.png`, asset: product.mask }] : []),
    ...(product.cutout ? [{ name: `${prefix}_masked.png`, asset: product.cutout }] : []),
  ];
}

/** Sources that the document refers to, so that an import can edit and render it anew. Named by hash: names may repeat. */
export function sourceAssets(project: AdProject): NamedAsset[] {
  const found = new Map<string, NamedAsset>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isAsset(value)) found.set(value.hash, { name: `assets/${value.hash}${extensionOf(value.name)}`, asset: value });
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit);
  };
  visit(project);
  return [...found.values()];
}

function isAsset(value: unknown): value is AssetRef {
  return value !== null && typeof value === 'object' && 'hash' in value && 'mime' in value && typeof value.hash === 'string';
}

function extensionOf(name: string): string {
  return /\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? '';
}

/** The document as it is delivered: two-space JSON, one final newline. */
export function formatDocument(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Everything in the delivery ZIP, in order. */
export function deliveryEntries(project: AdProject, advert: FinishedAdvert, provenance: Provenance, store: ArtifactStore): DeliveryEntry[] {
  const text = (name: string, content: string): DeliveryEntry => ({ name, bytes: new TextEncoder().encode(content) });
  const file = ({ name, asset }: NamedAsset): DeliveryEntry => ({ name, path: store.pathOf(asset) });
  const fidelity = advert.renditions.flatMap(({ rendition, fidelity: report }) => (report ? [{ rendition: rendition.id, ...report }] : []));
  return [
    ...deliveredAssets(project, advert).map(file),
    text('captions.srt', formatSrt(project)),
    text('adproject.json', formatDocument(project)),
    text('provenance.json', formatDocument(provenance)),
    text('fidelity.json', formatDocument(fidelity)),
    ...(advert.music ? [file({ name: 'music.wav', asset: advert.music })] : []),
    ...sourceAssets(project).filter(({ asset }) => store.has(asset.hash)).map(file),
  ];
}
