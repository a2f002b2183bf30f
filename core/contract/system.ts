import { z } from 'zod';
import { base } from './base.ts';

/** About the engine itself. */
export const system = {
  about: base.route({ method: 'GET', path: '/about' }).output(z.object({ version: z.string(), dataDir: z.string(), notices: z.array(z.string()) })),
};
