/** Where one can be. Addresses are in the fragment, so that a reload comes back to the same place. */
export const PROJECT_VIEWS = ['run', 'storyboard', 'timeline', 'export'] as const;
export type ProjectView = (typeof PROJECT_VIEWS)[number];

/** Addresses of screens. */
export const to = {
  home: () => '/',
  newAdvert: () => '/new',
  project: (projectId: string, view: ProjectView) => `/projects/${projectId}/${view}`,
  /** A run whose project is not known yet. */
  run: (runId: string) => `/runs/${runId}`,
  exports: () => '/exports',
  settings: (tab = 'general') => `/settings/${tab}`,
};
