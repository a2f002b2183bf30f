/**
 * Runs in an isolated world of every page before its own scripts: what a sandboxed preload script sees of Electron. `contextBridge` hands over
 * structured clones and wrapped functions; nothing else crosses, because the two worlds share only the document. PRELOAD stands for the script.
 */
if (window === window.top) {
  const listeners = new Map();
  const ports = new Map();
  const tell = (what) => window.electronTell(JSON.stringify(what));
  const emit = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const encode = (data) => (typeof data === 'string' ? { text: data } : { bytes: btoa(String.fromCharCode(...new Uint8Array(data.buffer ?? data))) });
  const decode = ({ text, bytes }) => text ?? Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));

  const openPort = (id) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => tell({ kind: 'port', id, data: encode(data) }));
    port1.start();
    ports.set(id, port1);
    return port2;
  };
  window.electronReceive = (channel, args, ids) => {
    const event = { ports: ids.map(openPort) };
    for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
  };
  window.electronPort = (id, data) => ports.get(id)?.postMessage(decode(data));

  const ipcRenderer = {
    on: (channel, listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    send: (channel, ...args) => tell({ kind: 'ipc', channel, args: structuredClone(args) }),
  };
  const contextBridge = {
    exposeInMainWorld(key, api) {
      emit('electron-expose', { key, names: Object.keys(api) });
      document.addEventListener('electron-call', ({ detail }) => {
        if (detail.key !== key) return;
        const args = detail.args.map(({ callback, value }) => (callback === undefined ? value : (...said) => emit('electron-callback', { id: callback, args: said })));
        emit('electron-result', { value: api[detail.name](...args) });
      });
    },
  };
  const webUtils = { getPathForFile: (file) => (file instanceof File ? (window.electronPaths?.[file.name] ?? '') : (() => { throw new TypeError('not a File'); })()) };
  const modules = { electron: { contextBridge, ipcRenderer, webUtils } };
  const require = (name) => modules[name] ?? (() => { throw new Error(`module not found: ${name}`); })();
  const module = { exports: {} };
  (function (exports, require, module) {
    /*PRELOAD*/
    return [exports, require, module];
  })(module.exports, require, module);
}
