/** Runs in the page's own world before its scripts: the near end of `contextBridge`. */
document.addEventListener('electron-expose', ({ detail: { key, names } }) => {
  const callbacks = [];
  const clone = (value) => (typeof value === 'function' ? { callback: callbacks.push(value) - 1 } : { value: value instanceof Blob ? value : structuredClone(value) });
  const call = (name, args) => {
    let result;
    const listen = ({ detail }) => (result = detail.value);
    document.addEventListener('electron-result', listen, { once: true });
    document.dispatchEvent(new CustomEvent('electron-call', { detail: { key, name, args: args.map(clone) } }));
    document.removeEventListener('electron-result', listen);
    return result;
  };
  document.addEventListener('electron-callback', ({ detail: { id, args } }) => callbacks[id](...args));
  Object.defineProperty(window, key, { value: Object.freeze(Object.fromEntries(names.map((name) => [name, (...args) => call(name, args)]))), writable: false });
});
