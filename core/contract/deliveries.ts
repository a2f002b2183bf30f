import { z } from 'zod';
import { base } from './base.ts';

/** Deliveries of this program (`.adgen`, or the ZIP that `exports.delivery` writes) that come back. */
export const deliveries = {
  /** A file on this machine becomes a project of the history. BAD_INPUT for anything else, which leaves nothing behind. */
  import: base.route({ method: 'POST', path: '/deliveries/import' }).input(z.object({ path: z.string().min(1).max(4096) })).output(z.object({ projectId: z.string(), name: z.string(), assets: z.number().int() })),
};
