/** Words that every screen uses. */
export const common = {
  appName: 'AdGen Studio',
  cancel: 'Cancel', close: 'Close', save: 'Save', remove: 'Remove', delete: 'Delete', undo: 'Undo', redo: 'Redo', duplicate: 'Duplicate', rename: 'Rename', tryAgain: 'Try again', loading: 'Loading …', done: 'Done', more: 'More', back: 'Back', add: 'Add', edit: 'Edit', copy: 'Copy', paste: 'Paste', cut: 'Cut', reset: 'Reset', search: 'Search', apply: 'Apply', none: 'None',
  percent: (part: number) => `${Math.round(part * 100)} %`,
  seconds: (value: number) => `${value.toLocaleString('en', { maximumFractionDigits: 1 })} s`,
};
