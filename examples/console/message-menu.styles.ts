import { css } from 'lit'

export const messageMenuStyles = css`
  :host {
    position: absolute;
    z-index: 2;
    top: 100%;
    width: 236px;
    margin-top: 4px;
  }
  [role='menu'] {
    display: grid;
    padding: 6px;
    border: 1px solid var(--line-strong);
    border-radius: 12px;
    background: var(--raised);
    box-shadow: 0 8px 24px var(--shade);
  }
  .emojis {
    display: flex;
    justify-content: space-between;
    margin-bottom: 4px;
    padding-bottom: 4px;
    border-bottom: 1px solid var(--line);
  }
  button {
    justify-content: flex-start;
    border-color: transparent;
    background: none;
    text-align: left;
  }
  .emojis button {
    justify-content: center;
    width: 34px;
    min-width: 0;
    padding: 0;
    font-size: 18px;
  }
  [aria-checked='true'] {
    border-color: var(--accent);
  }
  .bad {
    color: var(--bad);
  }
`
