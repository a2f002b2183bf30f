/** Placeholder. */
export default function StoryboardView(_props: { readonly projectId: string }) { return <p>Storyboard</p>; }
