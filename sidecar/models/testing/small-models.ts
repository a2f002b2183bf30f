/** Small but real safetensors files, and a catalogue of them, for tests. */
import { createHash, randomBytes } from 'node:crypto';
import type { CatalogueModel } from '../catalogue.ts';

/** A whole file with one tensor of so many random bytes. */
export function safetensors(dataBytes: number, header: Record<string, unknown> = { weight: { dtype: 'U8', shape: [dataBytes], data_offsets: [0, dataBytes] } }): Buffer {
  const text = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, randomBytes(dataBytes)]);
}

/** A catalogue entry for a file; everything about it is known unless `change` says otherwise. */
export function modelOf(id: string, content: Buffer, change: Partial<CatalogueModel> = {}): CatalogueModel {
  return {
    id, name: `Model ${id}`, folder: 'vae', file: `${id}.safetensors`, url: `https://huggingface.co/${id}/${id}.safetensors`, bytes: content.length, isSizeExact: true,
    sha256: createHash('sha256').update(content).digest('hex'), sha256Source: 'test', licence: 'MIT', adverts: 'yes', conditions: '', excludedRegions: [], isDefault: false, vramTierGb: 0, workflows: [`${id}-workflow`],
    ...change,
  };
}
