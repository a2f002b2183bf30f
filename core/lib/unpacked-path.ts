/**
 * Where a file of the program can be opened by other programs and native libraries. In the packed application most files lie in one archive
 * that only Electron reads; what others read is unpacked beside it, under the same path. Elsewhere the path stays as it is.
 */
export function unpackedPath(path: string): string {
  return path.replace(/([\\/]app\.asar)(?=[\\/]|$)/, '$1.unpacked');
}
