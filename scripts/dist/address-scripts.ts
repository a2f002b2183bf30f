/**
 * Scripts that are started by their path (workers, tasks, the engine's own process) are named with `.ts` in the sources; in the bundle they
 * end in `.js`. Imports have been rewritten by the bundler; what is left are texts that name a script of ours, which the
 * bundler prints in double quotes.
 */

/** @param made all scripts of the bundle. Throws for a text that names a script that is not there, which would fail only when it is needed. */
export function addressScripts(code: string, file: string, made: ReadonlySet<string>): string {
  return code.replace(/"([\w./-]+)\.ts"/g, (text, path: string) => {
    const ending = `/${path.replace(/^(\.{1,2}\/)+/, '')}.js`;
    if (![...made].some((name) => `/${name}`.endsWith(ending))) throw new Error(`${file} names ${text}, which is not in the bundle.`);
    return `"${path}.js"`;
  });
}
