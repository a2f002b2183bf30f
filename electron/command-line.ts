/** `--name value` or `--name=value` of a command line; the system and Electron add words of their own, so nothing else is read. */
export function optionIn(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  const value = argv[at] === name ? argv[at + 1] : argv[at]?.slice(name.length + 1);
  return value === undefined || value === '' || value.startsWith('--') ? undefined : value;
}
