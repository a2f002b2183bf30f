/** Which model of the catalogue a file may be, from its name and size alone. */
import { basename } from 'node:path';
import type { CatalogueModel } from './catalogue.ts';

export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
}

export type Recognised =
  /** Its name says so; whether it is whole is another question. */
  | { readonly kind: 'by-name'; readonly model: CatalogueModel }
  /** It has another name, but the size of these; only its hash can tell. */
  | { readonly kind: 'by-hash'; readonly models: readonly CatalogueModel[] }
  | { readonly kind: 'unknown' };

export function recogniseFile({ path, bytes }: SourceFile, catalogue: readonly CatalogueModel[]): Recognised {
  const named = catalogue.filter(({ file }) => file === basename(path));
  const model = named.find((candidate) => candidate.isSizeExact && candidate.bytes === bytes) ?? named.find(({ folder }) => pathParts(path).includes(folder)) ?? named[0];
  if (model) return { kind: 'by-name', model };
  const models = catalogue.filter((candidate) => candidate.isSizeExact && candidate.bytes === bytes && candidate.sha256 !== null);
  return models.length > 0 ? { kind: 'by-hash', models } : { kind: 'unknown' };
}

const pathParts = (path: string): readonly string[] => path.split(/[\\/]/);
