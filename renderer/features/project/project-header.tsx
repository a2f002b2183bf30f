/** Placeholder. */
export function ProjectHeader() { return null; }
