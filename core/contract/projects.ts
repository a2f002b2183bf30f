import { z } from 'zod';
import { adProjectSchema } from '../project/schema.ts';
import { base } from './base.ts';

/** A project as lists show it; times are milliseconds since 1970. */
export const projectSummarySchema = z.object({ id: z.string(), name: z.string(), createdMs: z.number(), updatedMs: z.number() });

/** The projects of this machine and their documents. */
export const projects = {
  list: base.route({ method: 'GET', path: '/projects' }).input(z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) })).output(z.array(projectSummarySchema)),
  open: base.route({ method: 'GET', path: '/projects/{projectId}' }).input(z.object({ projectId: z.string().min(1).max(80) })).output(adProjectSchema),
};
