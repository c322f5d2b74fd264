import { css } from 'lit'

export const headerStyles = css`
  header {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: max(16px, env(safe-area-inset-top)) 12px 16px;
    padding-inline-start: 20px;
    color: var(--_on-color);
    background: var(--_color);
    touch-action: none;
  }
  .face {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    font-size: 18px;
    font-weight: 600;
  }
  .face::before {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 50%;
    background: currentColor;
    opacity: 0.16;
  }
  .who {
    flex: 1;
    min-width: 0;
  }
  .who * {
    margin: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    font-size: 13.5px;
    line-height: 18px;
  }
  .who h2 {
    font-size: 16px;
    line-height: 22px;
  }
  header button {
    display: var(--_close, grid);
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 50%;
  }
  header button:focus-visible {
    outline-color: currentColor;
    outline-offset: -3px;
  }
`
