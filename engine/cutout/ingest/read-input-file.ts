/**
 * Reads a file that a user named, and turns everything that can be wrong with it before its content matters into one
 * sentence. The bytes are read here and handed on, so no decoder ever sees a path (libvips would read options from it).
 */
import { readFile, stat } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import { quoteFileName } from './quote-file-name.ts';

export interface InputKind {
  /** How the file is called in messages: `product photo`, `logo`. */
  readonly noun: string;
  readonly maxBytes: number;
}

/** The bytes of a regular, non-empty file. Throws `AdgenError('BAD_INPUT')` for anything else. */
export async function readInputFile(path: string, kind: InputKind): Promise<Buffer> {
  const named = `The ${kind.noun} ${quoteFileName(path)}`;
  const info = await stat(path).catch((cause: unknown) => {
    throw badFile(named, cause, path);
  });
  if (info.isDirectory()) throw badInput(`${named} is a folder; name one picture file inside it.`, path);
  if (!info.isFile()) throw badInput(`${named} is not a regular file; copy the picture to a file first.`, path);
  if (info.size === 0) throw badInput(`${named} is empty (0 bytes); export or download it again.`, path);
  if (info.size > kind.maxBytes) {
    throw badInput(`${named} has ${Math.ceil(info.size / 1e6)} MB, more than the ${kind.maxBytes / 1e6} MB allowed; save a smaller copy.`, path);
  }
  return readFile(path).catch((cause: unknown) => {
    throw badFile(named, cause, path);
  });
}

/** `BAD_INPUT` with the file in its data, for the ingest code. */
export function badInput(message: string, path: string, cause?: unknown): AdgenError {
  return new AdgenError('BAD_INPUT', message, { data: { file: path }, cause });
}

function badFile(named: string, cause: unknown, path: string): AdgenError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return badInput(`${named} does not exist; check the path.`, path, cause);
  if (code === 'EACCES' || code === 'EPERM') return badInput(`${named} may not be read; give this user the right to read it.`, path, cause);
  if (code === 'ERR_INVALID_ARG_VALUE') return badInput(`${named} has a name with a NUL character; rename it.`, path, cause);
  if (code === 'ENAMETOOLONG') return badInput(`${named} has a name that is too long for this system; rename it.`, path, cause);
  return badInput(`${named} cannot be read (${code ?? String(cause)}); copy it to a local disk and try again.`, path, cause);
}
