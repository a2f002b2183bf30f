/**
 * `/object_info`: every node class of a server, in the server's own words. Here only that it is such an answer at all; what the
 * entries mean is read by `workflows/object-info.ts`, where graphs are checked against them.
 */
import { z } from 'zod';

const entrySchema = z.looseObject({ input: z.looseObject({}), output: z.array(z.unknown()) });

/** Class name → its entry, at least one of them whole: a broken node pack does not take the others with it. */
export const objectInfoSchema = z.record(z.string(), z.unknown()).refine((entries) => Object.values(entries).some((entry) => entrySchema.safeParse(entry).success), 'a server has nodes');

export type ObjectInfo = z.infer<typeof objectInfoSchema>;
