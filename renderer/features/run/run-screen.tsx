/** Placeholder. */
export default function RunScreen(_props: { readonly runId: string }) { return <p>Run</p>; }
