import { css } from 'lit'

export const toastStyles = css`
  :host {
    display: flex;
    align-items: start;
    max-width: min(320px, 100vw - 40px);
    border-radius: 16px;
    color: var(--_text);
    background: var(--_surface);
    box-shadow: 0 4px 24px #0004;
    outline: 1px solid #0000;
    pointer-events: auto;
  }
  .said {
    flex: 1;
    min-width: 0;
    padding: 12px 0 12px 16px;
    text-align: start;
    border-radius: 16px;
  }
  .said * {
    display: block;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .dismiss {
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 22px;
    color: var(--_muted);
  }
`
