/** Placeholder. */
export function SidecarPill() { return null; }
