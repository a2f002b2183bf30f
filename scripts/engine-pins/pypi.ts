/** What the Python package index says about the files of one version. */
import { z } from 'zod';

/** A file of a package, at its permanent public address. */
export interface PackageFile {
  readonly file: string;
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

const INDEX = 'https://pypi.org/pypi';

const projectSchema = z.object({
  releases: z.record(z.string(), z.array(z.object({
    filename: z.string(),
    size: z.number().int().positive(),
    yanked: z.boolean(),
    digests: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), blake2b_256: z.string().regex(/^[0-9a-f]{64}$/) }),
  }))),
});

/** Files of `name` at `version`, without withdrawn ones; empty when the index has no such version. Throws when it does not answer. */
export async function packageFiles(name: string, version: string): Promise<PackageFile[]> {
  const response = await fetch(`${INDEX}/${name}/json`);
  if (response.status === 404) return [];
  if (!response.ok) throw new Error(`The package index answered ${response.status} for ${name}.`);
  const { releases } = projectSchema.parse(await response.json());
  return (releases[version] ?? []).filter((file) => !file.yanked).map((file) => ({ file: file.filename, url: permanentUrl(file.digests.blake2b_256, file.filename), sha256: file.digests.sha256, bytes: file.size }));
}

/** The index files everything under the BLAKE2b-256 of its bytes, so the address does not depend on who was asked. */
export function permanentUrl(blake2b: string, file: string): string {
  return `https://files.pythonhosted.org/packages/${blake2b.slice(0, 2)}/${blake2b.slice(2, 4)}/${blake2b.slice(4)}/${file}`;
}
