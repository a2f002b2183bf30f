/**
 * The digest of a folder as git computes it for a commit's tree, so that an unpacked archive can be compared with the commit itself.
 *
 * The pin is on the content and not on the archive's bytes, because GitHub makes archives of commits when they are asked for and does
 * not promise the same bytes tomorrow: a new version of zip would break every installation, while the same tree can be packed in any
 * way. It is also the stronger statement. The hash of an archive is believed because we wrote it down; this one follows from the commit,
 * anybody can look it up (`git rev-parse v0.28.1^{tree}`), and every file's name and bytes are in it, with nothing more and nothing less
 * in the folder. It is SHA-1, like the commit's own id: as hard to forge as the commit.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provisionError } from '../failures.ts';

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly id: Buffer;
}

/**
 * 40 hex digits. `executables` are the paths (with `/`) that the commit marks as executable: Windows has no such mark and unpackers lose
 * it, so it comes from the pin. Empty folders do not count. Throws NET_HASH for links and devices, or what the file system says.
 */
export async function treeDigestOf(folder: string, executables: readonly string[] = []): Promise<string> {
  const id = await treeId(folder, '', new Set(executables));
  return (id ?? objectId('tree', Buffer.alloc(0))).toString('hex');
}

async function treeId(folder: string, prefix: string, executables: ReadonlySet<string>): Promise<Buffer | undefined> {
  const entries: Entry[] = [];
  for (const found of await readdir(folder, { withFileTypes: true })) {
    const path = `${prefix}${found.name}`;
    const place = join(folder, found.name);
    if (found.isDirectory()) {
      const id = await treeId(place, `${path}/`, executables);
      if (id !== undefined) entries.push({ mode: '40000', name: found.name, id });
    } else if (found.isFile()) {
      entries.push({ mode: executables.has(path) ? '100755' : '100644', name: found.name, id: objectId('blob', await readFile(place)) });
    } else {
      throw provisionError('NET_HASH', `${place} is a link or a device, which the source of ComfyUI does not have.`);
    }
  }
  return entries.length === 0 ? undefined : objectId('tree', encodeTree(entries));
}

/** Git sorts by bytes, a folder as if its name ended with a slash. */
function encodeTree(entries: readonly Entry[]): Buffer {
  const keyOf = ({ mode, name }: Entry): Buffer => Buffer.from(mode === '40000' ? `${name}/` : name);
  const sorted = entries.toSorted((a, b) => Buffer.compare(keyOf(a), keyOf(b)));
  return Buffer.concat(sorted.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), id]));
}

function objectId(kind: 'blob' | 'tree', content: Buffer): Buffer {
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest();
}
