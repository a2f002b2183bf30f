import { z } from 'zod';

const record = z.record(z.string(), z.unknown());

/** The shape of a `ProjectDiff` that comes from outside. Whether the document is valid after it is checked where it is applied. */
export const projectDiffSchema = z.object({
  added: z.record(z.string(), record),
  removed: z.record(z.string(), record),
  updated: z.record(z.string(), z.tuple([record, record])),
});
