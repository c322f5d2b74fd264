import { html, type TemplateResult } from 'lit'

const drawn = (path: string): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`

/** Line drawings on a 20 by 20 grid; always beside a text or in a labelled button. */
export const icons = {
  open: drawn(
    'M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H9L5 17.5v-3H4A1.5 1.5 0 0 1 2.5 13V6A1.5 1.5 0 0 1 4 4.5z',
  ),
  mine: drawn('M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5'),
  unassigned: drawn('M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 6v4l2.5 2'),
  resolved: drawn('M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM6.8 10.2l2.3 2.3 4.2-4.6'),
  inboxes: drawn('M3 11.5 5 4.5h10l2 7M3 11.5v4h14v-4M3 11.5h4l1 2h4l1-2h4'),
  signOut: drawn('M8 3.5H4.5v13H8M12 6.5l3.5 3.5-3.5 3.5M15 10H8'),
  help: drawn('M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7.8 8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M10 14v.1'),
  back: drawn('M12 4.5 6.5 10l5.5 5.5'),
  details: drawn('M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6.3v.1'),
  close: drawn('M5 5l10 10M15 5 5 15'),
  send: drawn('M3.5 10 17 3.5 12.5 17l-3-5.5zM9.5 11.5 17 3.5'),
  down: drawn('M10 4v12M5 11l5 5 5-5'),
  add: drawn('M10 4v12M4 10h12'),
  copy: drawn('M7 6.5h9v10H7zM4 13.5v-10h9'),
  sent: drawn('M5 10.5l4 4 7-9'),
  delivered: drawn('M1.5 10.5l4 4 7-9M9 14l.5.5 8.5-9'),
  more: drawn('M5 10v.1M10 10v.1M15 10v.1'),
  done: drawn('M4 10.5l4 4 8-9'),
  warning: drawn('M10 3 2.5 16.5h15zM10 8v4M10 14.3v.1'),
}
