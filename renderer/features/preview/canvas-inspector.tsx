/** What is selected on the canvas, in numbers and words. */
export function CanvasInspector() {
  return <div />;
}
