import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorState } from '../ui/states.tsx';

/** A screen that fell over says so, and can be opened again; the rest of the window goes on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <ErrorState error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
