/** Tags as they are written into one field: split at commas, trimmed, without repeats, within the contract's limits. */
export function parseTags(text: string): string[] {
  const tags = text.split(/[,;\n]/u).map((tag) => tag.trim().replace(/\s+/gu, ' ').slice(0, 60).trim()).filter((tag) => tag !== '');
  return tags.filter((tag, index) => tags.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === index).slice(0, 20);
}
