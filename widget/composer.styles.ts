import { css } from 'lit'

export const composerStyles = css`
  :host {
    display: block;
    padding: 8px 12px 12px;
    padding-block-end: max(12px, env(safe-area-inset-bottom));
  }
  :host([hidden]) {
    display: none;
  }
  form {
    position: relative;
    display: block;
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 48px;
    max-height: 144px;
    margin: 0;
    padding: 11px 16px;
    padding-inline-end: 52px;
    border: 1px solid var(--_line);
    border-radius: 24px;
    font: inherit;
    line-height: 24px;
    color: inherit;
    background: none;
    resize: none;
    unicode-bidi: plaintext;
    overflow: hidden auto;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  textarea:focus {
    border-color: var(--_text);
    /* seen where forced colours take the shadow away */
    outline: 1px solid transparent;
    box-shadow: 0 0 0 1px var(--_text);
  }
  button {
    position: absolute;
    inset-block-end: 2px;
    inset-inline-end: 2px;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
  }
  button svg {
    width: 36px;
    height: 36px;
    padding: 8px;
    border-radius: 50%;
    stroke-width: 2.2;
    color: var(--_on-color);
    background: var(--_color);
    transition: background 0.15s;
  }
  button:disabled {
    cursor: default;
  }
  button:disabled svg {
    color: var(--_muted);
    background: var(--_bubble);
  }
  button:focus-visible {
    border-radius: 50%;
    outline-offset: -2px;
  }
  p {
    margin: 4px 16px 0;
    font-size: 12px;
    text-align: end;
    color: var(--_muted);
  }
  p[hidden] {
    display: none;
  }
  .over {
    color: var(--_danger);
  }
  @media (pointer: coarse), (max-width: 480px), (max-height: 480px) {
    textarea {
      font-size: 16px;
    }
  }
`
