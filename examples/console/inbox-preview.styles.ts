import { css } from 'lit'

export const inboxPreviewStyles = css`
  section {
    display: grid;
    gap: 10px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  h3 {
    flex: 1;
    font-size: 14px;
  }
  .switch {
    display: flex;
  }
  .switch button {
    padding: 0 10px;
    border-radius: 0;
    margin-inline-start: -1px;
  }
  .switch button:first-child {
    border-radius: var(--radius) 0 0 var(--radius);
  }
  .switch button:last-child {
    border-radius: 0 var(--radius) var(--radius) 0;
  }
  .switch button[aria-pressed='true'] {
    background: var(--selected);
    font-weight: 600;
  }
  .box {
    display: flow-root;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--page);
  }
  iframe {
    display: block;
    border: 0;
    transform-origin: top left;
    color-scheme: light;
  }
  iframe.dark {
    color-scheme: dark;
  }
  p {
    font-size: 12px;
  }
  @media (forced-colors: active) {
    .switch button[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
  }
`
