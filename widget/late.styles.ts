import { css } from 'lit'

/** What comes late in the panel itself, around thread and composer. */
export const lateStyles = css`
  .way button {
    margin-inline-start: -12px;
  }
  :host(:dir(rtl)) .way svg {
    transform: scaleX(-1);
  }
  .start {
    min-height: 44px;
    padding: 0 20px;
    border-radius: 22px;
    font-weight: 600;
    color: var(--_on-color);
    background: var(--_color);
  }
  .away {
    margin: 8px 16px 0;
    padding: 10px 14px;
    border-radius: 14px;
    font-size: 14px;
    background: var(--_bubble);
    overflow-wrap: anywhere;
  }
  .asking form {
    display: grid;
    gap: 12px;
    padding: 16px;
    border-block-start: 1px solid var(--_line);
  }
  .asking label {
    display: grid;
    gap: 4px;
    font-size: 14px;
  }
  .asking small {
    color: var(--_muted);
  }
  .asking .consent {
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: 10px;
    overflow-wrap: anywhere;
  }
  .asking a {
    color: inherit;
  }
  .asking input,
  .rating input {
    min-height: 44px;
    min-width: 0;
    padding: 0 12px;
    border: 1px solid var(--_muted);
    border-radius: 12px;
    font: inherit;
    font-size: 16px;
    color: inherit;
    background: none;
  }
  .asking [type='checkbox'] {
    width: 24px;
    min-height: 24px;
    margin: 0;
    accent-color: var(--_color);
  }
  .asking p,
  .rating p {
    margin: 0;
    font-size: 13px;
    color: var(--_muted);
  }
  .asking p:empty,
  .rating p:empty {
    display: none;
  }
  .rating section {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_line);
  }
  .rating h3 {
    margin: 0;
    font-size: 14px;
  }
  .rating form {
    display: flex;
    gap: 8px;
  }
  .rating input {
    flex: 1;
  }
  .stars button {
    width: 44px;
    height: 44px;
    font-size: 28px;
    line-height: 1;
    color: var(--_muted);
    -webkit-text-stroke: 1.5px currentColor;
    -webkit-text-fill-color: transparent;
  }
  .stars .on {
    color: var(--_text);
    -webkit-text-fill-color: currentColor;
  }
  :host([cut]) .rows > :is(.pill, .greeting, .bone) {
    display: none;
  }
  .spacer {
    flex: none;
  }
  .divider {
    display: flex;
    align-items: center;
    gap: 12px;
    font-weight: 600;
    color: var(--_danger);
  }
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid;
    opacity: 0.4;
  }
  .face-of::before {
    content: attr(data-letter) / '';
  }
  .face-of {
    display: inline-grid;
    place-items: center;
    width: 18px;
    height: 18px;
    margin-inline-end: 6px;
    border-radius: 50%;
    font-size: 10px;
    font-style: normal;
    color: var(--_on-color);
    background: var(--_color);
  }
  .face-of[data-letter=''] {
    display: none;
  }
`
