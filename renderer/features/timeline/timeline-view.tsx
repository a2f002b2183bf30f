/** Placeholder. */
export default function TimelineView(_props: { readonly projectId: string }) { return <p>Timeline</p>; }
