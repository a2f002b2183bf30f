/** Placeholder. */
export default function SettingsScreen(_props: { readonly tab: string }) { return <p>Settings</p>; }
