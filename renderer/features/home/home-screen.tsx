/** Placeholder. */
export default function HomeScreen() { return <p>Home</p>; }
