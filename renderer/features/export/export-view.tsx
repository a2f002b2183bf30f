/** Placeholder. */
export default function ExportView(_props: { readonly projectId: string }) { return <p>Export</p>; }
