import { css } from 'lit'

export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    background: var(--_surface);
  }
  .note {
    margin: 0;
    padding: 8px 20px;
    font-size: 13px;
    color: var(--_muted);
    border-block-start: 1px solid var(--_line);
  }
  .note[hidden] {
    display: none;
  }
  @media (max-width: 480px), (max-height: 480px) {
    :host {
      position: absolute;
      inset: var(--_top, 0) 0 auto;
      height: var(--_height, 100%);
    }
  }
`
