import { oc } from '@orpc/contract';
import { z } from 'zod';

const data = z.record(z.string(), z.unknown());

/** Every procedure may end in one of these; `message` is a sentence for the user. */
export const base = oc.errors({
  BAD_INPUT: { status: 400, data },
  NOT_FOUND: { status: 404, data },
  CONFLICT: { status: 409, data },
  DISK_FULL: { status: 507, data },
  READ_ONLY: { status: 403, data },
  MISSING_TOOL: { status: 503, data },
  FAILED: { status: 500, data },
});
