/** Takes out of a log what a user would not want to hand on: tokens, and paths that name the user. */
export interface Secrets {
  /** The user's folder, and the name in it. */
  readonly homeDir: string;
  /** Other words that must not appear, such as the nonce of a run. */
  readonly words?: readonly string[];
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:hf_|r8_|sk-|ghp_|github_pat_|xox[abp]-|AKIA)[A-Za-z0-9_-]{8,}/g, '<token>'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 <token>'],
  [/\b(api[_-]?key|access[_-]?token|token|secret|password|signature)(["']?\s*[=:]\s*["']?)[^\s"'&,;]{4,}/gi, '$1$2<token>'],
  [/(\w+:\/\/)[^\s/@]+:[^\s/@]+@/g, '$1<login>@'],
  [/([A-Za-z]:(?:\\+|\/)Users(?:\\+|\/))[^\\/\s"':]+/g, '$1<user>'],
  [/(\/(?:home|Users)\/)[^/\s"':]+/g, '$1<user>'],
];

export function redact(text: string, { homeDir, words = [] }: Secrets): string {
  const named = [...words.filter((word) => word.length >= 4).map((word) => [word, '<hidden>'] as const), ...spellings(homeDir).map((path) => [path, '~'] as const)];
  const withoutWords = named.reduce((result, [word, replacement]) => result.replaceAll(word, replacement), text);
  return PATTERNS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), withoutWords);
}

/** A path as it stands in plain text, in a Python or JSON string, and with forward slashes. A root folder names nobody. */
function spellings(path: string): string[] {
  return path.length < 4 ? [] : [...new Set([path.replaceAll('\\', '\\\\'), path, path.replaceAll('\\', '/')])];
}
