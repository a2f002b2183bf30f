/** Worker task: loads the modules of other tasks, so that the first of them need not wait for that. */

export async function run({ modules }: { readonly modules: readonly string[] }): Promise<void> {
  for (const module of modules) await import(module);
}
