// Runs in the page before its own scripts: when the first posters stand on the screen, counted from the navigation.
window.firstCardMs = new Promise((resolve) => {
  const look = () => {
    if (!document.querySelector('[role=gridcell]:not([aria-busy])')) return requestAnimationFrame(look);
    // A message that is posted in a frame comes after that frame was painted.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(performance.now()));
    port1.start();
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
});
