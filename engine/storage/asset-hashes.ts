/** Finds the artifacts that a JSON value refers to, wherever in it they stand. */

/** Hashes of all `AssetRef`-shaped objects (a `hash` of 64 hex digits beside a `mime`) in any JSON. */
export function collectAssetHashes(json: unknown, into: Set<string> = new Set()): Set<string> {
  if (typeof json !== 'object' || json === null) return into;
  if ('hash' in json && 'mime' in json && typeof json.hash === 'string' && /^[0-9a-f]{64}$/.test(json.hash)) into.add(json.hash);
  for (const member of Object.values(json)) collectAssetHashes(member, into);
  return into;
}
