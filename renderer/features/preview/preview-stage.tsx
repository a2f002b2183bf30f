/** The picture of the film at the playhead, with everything that is set up round it. */
export function PreviewStage() {
  return <div />;
}
