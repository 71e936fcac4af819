/** Words of the page around the views: buttons, panels, dialogs. */
export const ui = {
  language: 'Language',
} as const;
