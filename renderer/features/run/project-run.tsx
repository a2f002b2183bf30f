/** Placeholder. */
export default function ProjectRun(_props: { readonly projectId: string }) { return <p>Run</p>; }
