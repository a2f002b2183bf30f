/** Binary frames of the engine's WebSocket (big-endian): previews, with metadata where that was negotiated, and text. */
import { z } from 'zod';

export interface PreviewFrame {
  readonly mime: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly image: Buffer;
  /** Only with metadata; a plain preview belongs to whatever runs at the moment. */
  readonly promptId?: string;
  readonly nodeId?: string;
}

const PREVIEW = 1;
const PREVIEW_WITH_METADATA = 4;
/** A picture's description, not a picture: anything longer is damage. */
const METADATA_MOST = 64 * 1024;

const metadataSchema = z.looseObject({ prompt_id: z.string().optional().catch(undefined), node_id: z.coerce.string().optional().catch(undefined), image_type: z.string().optional().catch(undefined) });

/** Undefined for frames of other kinds, cut frames, and bytes that are no JPEG, PNG or WebP. */
export function parsePreview(frame: Buffer): PreviewFrame | undefined {
  if (frame.length < 8) return undefined;
  const kind = frame.readUInt32BE(0);
  if (kind === PREVIEW) return picture(frame.subarray(8), {});
  if (kind !== PREVIEW_WITH_METADATA) return undefined;
  const length = frame.readUInt32BE(4);
  if (length > METADATA_MOST || 8 + length >= frame.length) return undefined;
  const metadata = metadataSchema.safeParse(parseJson(frame.toString('utf8', 8, 8 + length)));
  return metadata.success ? picture(frame.subarray(8 + length), { promptId: metadata.data.prompt_id, nodeId: metadata.data.node_id }) : undefined;
}

/** The frame that a server sends; with metadata when `about` is given. */
export function encodePreview(image: Buffer, format: 'jpeg' | 'png', about?: { readonly promptId: string; readonly nodeId: string }): Buffer {
  if (about === undefined) return Buffer.concat([words(PREVIEW, format === 'jpeg' ? 1 : 2), image]);
  const { promptId, nodeId } = about;
  const metadata = Buffer.from(JSON.stringify({ node_id: nodeId, prompt_id: promptId, display_node_id: nodeId, parent_node_id: null, real_node_id: nodeId, image_type: `image/${format}` }));
  return Buffer.concat([words(PREVIEW_WITH_METADATA, metadata.length), metadata, image]);
}

/** The bytes say what they are; the format field of old servers is not always right. */
function picture(image: Buffer, about: { readonly promptId?: string; readonly nodeId?: string }): PreviewFrame | undefined {
  const mime = mimeOf(image);
  return mime && { mime, image, ...about };
}

function mimeOf(image: Buffer): PreviewFrame['mime'] | undefined {
  if (image.length >= 3 && image.readUIntBE(0, 3) === 0xffd8ff) return 'image/jpeg';
  if (image.length >= 8 && image.readUInt32BE(0) === 0x89504e47) return 'image/png';
  return image.length >= 12 && image.toString('latin1', 0, 4) === 'RIFF' && image.toString('latin1', 8, 12) === 'WEBP' ? 'image/webp' : undefined;
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32BE(value, index * 4));
  return buffer;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
