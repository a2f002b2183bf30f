/** Placeholder. */
export default function ExportsScreen() { return <p>Exports</p>; }
