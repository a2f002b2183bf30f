/**
 * The only way a document from outside (file, message, database, import) becomes an AdProject: older versions are lifted
 * step by step, then the schema and the references inside the document are checked. Called wherever a document enters;
 * everything behind it trusts the result.
 */
import { AdgenError } from '../contract/errors.ts';
import { findInconsistencies, type Inconsistency } from './consistency.ts';
import { adProjectSchema, SCHEMA_VERSION, type AdProject } from './schema.ts';

/** Lifts a document of version n (its key) to n + 1. It works on plain JSON, because the schema knows only the newest. */
export type Lifts = Readonly<Record<number, (document: Readonly<Record<string, unknown>>) => Record<string, unknown>>>;

/** Version 1 is the first that was ever written, so nothing is older yet. */
const LIFTS: Lifts = {};

const MAX_PROBLEMS = 5;

/** Parses a document of any known version. Throws AdgenError BAD_INPUT that names the first problems and their paths. */
export function migrateAdProject(raw: unknown): AdProject {
  const lifted = liftDocument(parseDocument(raw), LIFTS, SCHEMA_VERSION);
  const result = adProjectSchema.safeParse(lifted);
  if (!result.success) {
    throw badProject(result.error.issues.map((issue) => ({ path: issue.path.filter((part) => typeof part !== 'symbol'), message: issue.message })));
  }
  const inconsistencies = findInconsistencies(result.data);
  if (inconsistencies.length > 0) throw badProject(inconsistencies);
  return result.data;
}

/** Applies lifts until the document has version `target`. A missing, unknown or newer version is AdgenError BAD_INPUT. */
export function liftDocument(document: Readonly<Record<string, unknown>>, lifts: Lifts, target: number): Record<string, unknown> {
  let current = { ...document };
  for (let version = readVersion(current); version !== target; version = readVersion(current)) {
    if (version > target) {
      throw new AdgenError('BAD_INPUT', `This project was written by a newer version of AdGen Studio (document version ${version}, this program reads up to ${target}). Update the program and open it again.`, { data: { version, target } });
    }
    const lift = lifts[version];
    if (lift === undefined) throw new AdgenError('BAD_INPUT', `This project has document version ${version}, which no version of AdGen Studio has written. Export it again from the program it comes from.`, { data: { version } });
    current = { ...lift(current), schemaVersion: version + 1 };
  }
  return current;
}

function parseDocument(raw: unknown): Record<string, unknown> {
  const value = typeof raw === 'string' ? parseJson(raw) : raw;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new AdgenError('BAD_INPUT', 'This is not an AdGen Studio project: it is not a JSON object. Choose the adproject.json of a delivery or a saved project.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new AdgenError('BAD_INPUT', `This project file is not valid JSON (${cause instanceof Error ? cause.message : String(cause)}). It may be cut off; use another copy of it.`, { cause });
  }
}

function readVersion(document: Readonly<Record<string, unknown>>): number {
  const version = document.schemaVersion;
  if (typeof version === 'number' && Number.isInteger(version) && version >= 0) return version;
  throw new AdgenError('BAD_INPUT', 'This is not an AdGen Studio project: "schemaVersion" is missing or not a whole number. Choose the adproject.json of a delivery or a saved project.');
}

function badProject(problems: readonly Inconsistency[]): AdgenError {
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => `${formatPath(problem.path)}: ${problem.message}`);
  const more = problems.length > MAX_PROBLEMS ? ` … and ${problems.length - MAX_PROBLEMS} more.` : '';
  return new AdgenError('BAD_INPUT', `The project cannot be used. ${shown.join('; ')}.${more} Correct these places or open an older copy.`, { data: { problems: problems.slice(0, 50).map((problem) => ({ ...problem, path: formatPath(problem.path) })) } });
}

/** `['scenes', 0, 'seed']` → `scenes[0].seed`. */
function formatPath(path: readonly (string | number)[]): string {
  const text = path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
  return text === '' ? 'document' : text;
}
