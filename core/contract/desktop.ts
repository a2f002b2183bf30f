import { z } from 'zod';
import { base } from './base.ts';

/** What only the host of the window can do. In a browser most of it is not there; `abilities` says so, and the studio shows what is. */
export const desktop = {
  abilities: base.route({ method: 'GET', path: '/desktop' }).output(z.object({ kind: z.enum(['electron', 'browser']), canPick: z.boolean(), canReveal: z.boolean(), canDragOut: z.boolean(), canNotify: z.boolean(), platform: z.string() })),
  /** A native dialog; null when it was closed without a choice. */
  pickFolder: base.route({ method: 'POST', path: '/desktop/pick-folder' }).input(z.object({ title: z.string().max(120), startIn: z.string().max(4096).optional() })).output(z.object({ path: z.string().nullable() })),
  /** Shows a file that an export wrote in the system's file manager. */
  reveal: base.route({ method: 'POST', path: '/desktop/reveal' }).input(z.object({ path: z.string().min(1).max(4096) })).output(z.object({ done: z.boolean() })),
  /** Opens an https address of the program's own list in the browser. */
  openExternal: base.route({ method: 'POST', path: '/desktop/open' }).input(z.object({ url: z.string().max(2000) })).output(z.object({ done: z.boolean() })),
};
