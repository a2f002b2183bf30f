/**
 * The human name of an ICC profile, from its `desc` tag (ICC.1:2010 §9.2.41; version 2 text or version 4 `mluc`).
 * Returns undefined for anything it cannot read; it only feeds a note.
 */
export function profileName(icc: Uint8Array): string | undefined {
  const view = Buffer.from(icc.buffer, icc.byteOffset, icc.byteLength);
  if (view.length < 132) return undefined;
  const tagCount = Math.min(view.readUInt32BE(128), 100);
  for (let index = 0; index < tagCount; index++) {
    const entry = 132 + index * 12;
    if (entry + 12 > view.length) return undefined;
    if (view.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const offset = view.readUInt32BE(entry + 4);
    return offset + 28 <= view.length ? clean(readDescription(view, offset)) : undefined;
  }
  return undefined;
}

function readDescription(view: Buffer, offset: number): string {
  if (view.toString('latin1', offset, offset + 4) !== 'mluc') {
    const length = view.readUInt32BE(offset + 8);
    return view.toString('latin1', offset + 12, offset + 12 + Math.min(length, 200));
  }
  const length = Math.min(view.readUInt32BE(offset + 20), 400) & ~1;
  const start = offset + view.readUInt32BE(offset + 24);
  return start + length <= view.length ? Buffer.from(view.subarray(start, start + length)).swap16().toString('utf16le') : '';
}

function clean(text: string): string | undefined {
  const printable = text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim().slice(0, 60);
  return printable === '' ? undefined : printable;
}
