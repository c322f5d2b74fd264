import { css } from 'lit'

/** What every dialog looks like; each says how wide it is. */
export const dialogStyles = css`
  dialog {
    padding: 20px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--raised);
    color: var(--text);
    box-shadow: 0 20px 60px var(--shade);
  }
  dialog::backdrop {
    background: rgb(10 12 18 / 45%);
  }
`
