/** Placeholder. */
export default function NewAdvertScreen() { return <p>New</p>; }
