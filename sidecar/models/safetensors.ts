/**
 * Is a file a whole safetensors file? Eight bytes say how long its JSON header is, the header says which bytes belong to which tensor,
 * and the file ends exactly where the last tensor does. Reads the header only, so a truncated 10 GB file is found out at once.
 * Format: https://huggingface.co/docs/safetensors/index#format
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { provisionError } from '#sidecar/provision/failures.ts';
import { formatBytes } from '#sidecar/provision/space.ts';

/** The format's own limit. */
const MOST_HEADER_BYTES = 100_000_000;

/** Bits per element; of types that are not known here only the places are checked. */
const BITS: Readonly<Record<string, number>> = {
  BOOL: 8, U8: 8, I8: 8, F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8, U16: 16, I16: 16, F16: 16, BF16: 16, U32: 32, I32: 32, F32: 32, U64: 64, I64: 64, F64: 64, C64: 64, F4: 4, F6_E2M3: 6, F6_E3M2: 6,
};

const whole = z.number().int().nonnegative();
const tensorSchema = z.object({ dtype: z.string(), shape: z.array(whole).max(64), data_offsets: z.tuple([whole, whole]) });
type Tensor = z.infer<typeof tensorSchema>;

export interface SafetensorsSummary {
  readonly tensors: number;
  readonly bytes: number;
}

/** Throws BAD_INPUT (`data.reason` MODEL_BROKEN) that says what is wrong, and what the file system says. */
export async function checkSafetensors(path: string): Promise<SafetensorsSummary> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = await readHeader(file, size);
    const result = typeof header === 'string' ? header : judgeHeader(header.value, size - header.dataStart);
    if (typeof result === 'string') throw provisionError('MODEL_BROKEN', `${path} is no whole safetensors file: ${result}.`, { data: { path } });
    return { tensors: result.tensors, bytes: size };
  } finally {
    await file.close();
  }
}

/** What is wrong with it, or the parsed JSON and where the tensors begin. */
async function readHeader(file: FileHandle, size: number): Promise<{ value: unknown; dataStart: number } | string> {
  if (size < 10) return `it has only ${size} bytes`;
  const start = Buffer.alloc(9);
  await file.read(start, 0, 9, 0);
  const headerBytes = Number(start.readBigUInt64LE(0));
  if (start[8] !== 0x7b || headerBytes > MOST_HEADER_BYTES) return 'it does not begin like one';
  if (8 + headerBytes > size) return `it ends in its header, at ${formatBytes(size)}`;
  const text = Buffer.alloc(headerBytes);
  await file.read(text, 0, headerBytes, 8);
  try {
    return { value: JSON.parse(text.toString('utf8')) as unknown, dataStart: 8 + headerBytes };
  } catch {
    return 'its header cannot be read';
  }
}

/** Tensors lie one after the other without gaps, and fill the rest of the file. */
export function judgeHeader(header: unknown, dataBytes: number): { readonly tensors: number } | string {
  if (typeof header !== 'object' || header === null) return 'its header is no list of tensors';
  const tensors: Tensor[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const tensor = tensorSchema.safeParse(value).data;
    if (tensor === undefined) return `its header describes "${name.slice(0, 80)}" wrongly`;
    if (!isRightSize(tensor)) return `the size of "${name.slice(0, 80)}" does not fit its shape`;
    tensors.push(tensor);
  }
  let end = 0;
  for (const { data_offsets: [from, to] } of tensors.sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1])) {
    if (from !== end || to < from) return 'its tensors overlap or leave gaps';
    end = to;
  }
  if (end > dataBytes) return `${formatBytes(end - dataBytes)} are missing at its end`;
  if (end < dataBytes) return `${formatBytes(dataBytes - end)} too much stand at its end`;
  return { tensors: tensors.length };
}

function isRightSize({ dtype, shape, data_offsets: [from, to] }: Tensor): boolean {
  const bits = BITS[dtype];
  return bits === undefined || (shape.reduce((product, length) => product * length, 1) * bits) / 8 === to - from;
}
