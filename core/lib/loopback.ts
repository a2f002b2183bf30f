/** True for the name or address of this very machine: localhost, 127.0.0.0/8, ::1 (as URLs write it). Names are not resolved. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
