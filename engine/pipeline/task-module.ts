/** The module of a worker task, named by its path under `engine/`. */
export function taskModule(pathUnderEngine: string): string {
  return new URL(`../${pathUnderEngine}`, import.meta.url).href;
}
