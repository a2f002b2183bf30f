// Runs in the page before its own scripts: when each value of the run's progress stood on the screen, by the machine's clock.
{
  const painted = (window.paintedProgress = []);
  let last = -1;
  const { port1, port2 } = new MessageChannel();
  // A message that is posted in a frame comes after that frame was painted.
  port1.addEventListener('message', ({ data }) => painted.push({ percent: data, atMs: Date.now() }));
  port1.start();
  const look = () => {
    requestAnimationFrame(look);
    const shown = document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow');
    if (shown === null || shown === undefined || Number(shown) === last) return;
    last = Number(shown);
    port2.postMessage(last);
  };
  requestAnimationFrame(look);
}
