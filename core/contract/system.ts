import { z } from 'zod';
import { base } from './base.ts';

/** About the engine itself. */
export const system = {
  /** `mediaKey`: what `GET /media/…` of the local server asks for as `k`; it reads media and nothing else. */
  about: base.route({ method: 'GET', path: '/about' }).output(z.object({ version: z.string(), dataDir: z.string(), notices: z.array(z.string()), mediaKey: z.string() })),
};
