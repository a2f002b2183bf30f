/**
 * Who made the parts of adverts lately: which workflow, whether a service was among those asked, and which links stood in the steps' keys. An
 * advert that was made with a ComfyUI keeps its pictures and its music when that one has been forgotten, or may not be asked offline.
 */
import { z } from 'zod';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { settings } from '#engine/db/schema.ts';
import type { Generation } from './choose-generation.ts';
import { readFinishedStep } from './finished-step.ts';
import type { RunContext } from './run-context.ts';
import type { Services } from './services.ts';

const makersSchema = z.array(z.object({ workflow: z.object({ id: z.string(), hash: z.string() }).optional(), usesCloud: z.boolean().optional(), links: z.array(z.string()) })).catch([]);

type Maker = z.infer<typeof makersSchema>[number];

/** Different servers, wishes and versions alternate; more than these do not. */
const KEPT = 8;

interface MemoryOptions {
  readonly db: StudioDb;
  readonly services: Pick<Services, 'store'>;
  readonly wish: 'auto' | 'comfyui' | 'embedded';
  /** A ComfyUI can be asked in this run. */
  readonly mayAsk: boolean;
}

/** `earlier` only where nobody can be asked though the user has not chosen what is built in. */
export function createMakerMemory({ db, services, wish, mayAsk }: MemoryOptions): Pick<RunContext, 'earlier' | 'remember'> {
  const remember: RunContext['remember'] = (capability, maker) => rememberMaker(db, capability, maker);
  if (mayAsk || wish === 'embedded') return { remember };
  return {
    remember,
    earlier: (capability, keyOf) => recallMakers(db, capability).find((maker) => !(maker.usesCloud === true && wish === 'comfyui') && readFinishedStep(db, services, keyOf(maker)) !== undefined),
  };
}

const nameOf = (capability: string): string => `makers/${capability}`;

function recallMakers(db: StudioDb, capability: string): Maker[] {
  const row = db.orm.select({ value: settings.value }).from(settings).where(eq(settings.key, nameOf(capability))).get();
  return makersSchema.parse(row?.value);
}

/** Puts one in front. What is built in needs no remembering. */
function rememberMaker(db: StudioDb, capability: string, { workflow, usesCloud, links = [] }: Generation): void {
  const made = workflow && 'id' in workflow ? { id: workflow.id, hash: workflow.hash } : undefined;
  if (!made && !usesCloud) return;
  const maker: Maker = { ...(made && { workflow: made }), ...(usesCloud && { usesCloud }), links: [...links] };
  const known = recallMakers(db, capability);
  const text = JSON.stringify(maker);
  if (JSON.stringify(known[0]) === text) return;
  const value = [maker, ...known.filter((other) => JSON.stringify(other) !== text)].slice(0, KEPT);
  const updatedMs = Date.now();
  db.orm.insert(settings).values({ key: nameOf(capability), value, updatedMs }).onConflictDoUpdate({ target: settings.key, set: { value, updatedMs } }).run();
}
