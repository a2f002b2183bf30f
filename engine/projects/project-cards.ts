/** Projects as lists show them: rows of `project_cards` (kept by triggers, see the schema) with the state of their newest run. */
import type { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import type { projectCardSchema } from '#core/contract/projects.ts';
import type { StudioDb } from '#engine/db/open.ts';

/** A project as lists show it. */
export type ProjectCard = z.infer<typeof projectCardSchema>;

/** A card as SQL gives it; times are milliseconds since 1970. */
export interface CardRow {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly poster: string | null;
  readonly product: string | null;
  readonly tags: string;
  readonly ratios: string;
  readonly durationFrames: number;
  readonly variantOf: string | null;
  readonly shownIn: 'active' | 'archived' | 'deleted';
  readonly runId: string | null;
  readonly runState: ProjectCard['runState'];
  readonly runProgress: number | null;
}

/** Runs that only draw previews or files are no state of the advert. */
const NEWEST_RUN = "SELECT id FROM runs WHERE runs.project_id = card.project_id AND purpose = 'advert' ORDER BY created_ms DESC, rowid DESC LIMIT 1";

/** The columns of a `CardRow`, from `project_cards AS card` joined by `CARD_JOINS`. */
export const CARD_COLUMNS = `card.project_id AS id, card.name, card.created_ms AS createdMs, card.updated_ms AS updatedMs, card.poster, card.product, card.tags, card.ratios,
  card.duration_frames AS durationFrames, card.variant_of AS variantOf, card.shown_in AS shownIn, run.id AS runId, run.state AS runState, run.progress AS runProgress`;
export const CARD_JOINS = `LEFT JOIN runs AS run ON run.id = (${NEWEST_RUN})`;

/** The card of one project, whatever list it is in. Throws NOT_FOUND. */
export function getCard(db: StudioDb, projectId: string): ProjectCard {
  const row = db.prepare<[string], CardRow>(`SELECT ${CARD_COLUMNS} FROM project_cards AS card ${CARD_JOINS} WHERE card.project_id = ?`).get(projectId);
  if (!row) throw new AdgenError('NOT_FOUND', `There is no project ${projectId.slice(0, 80)}.`);
  return toCard(row);
}

export function toCard({ poster, product, tags, ratios, shownIn, ...row }: CardRow): ProjectCard {
  return {
    ...row,
    poster: poster === null ? null : (JSON.parse(poster) as ProjectCard['poster']),
    product: product === null ? null : (JSON.parse(product) as ProjectCard['product']),
    tags: JSON.parse(tags) as string[],
    ratios: JSON.parse(ratios) as ProjectCard['ratios'],
    isArchived: shownIn === 'archived',
    isDeleted: shownIn === 'deleted',
  };
}
