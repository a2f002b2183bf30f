/** Cancellation is an AbortError and never counts as a failure. */
export function canceledError(message = 'The run was canceled.'): Error {
  return Object.assign(new Error(message), { name: 'AbortError' });
}

export function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
