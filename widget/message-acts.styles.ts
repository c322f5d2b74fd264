import { css } from 'lit'

export const messageActsStyles = css`
  .row {
    position: relative;
  }
  .quote {
    display: block;
    margin-block-end: 4px;
    padding-inline-start: 8px;
    border-inline-start: 3px solid;
    font-size: 13px;
    opacity: 0.9;
    overflow-wrap: anywhere;
  }
  .large {
    font-size: 40px;
    line-height: 1.2;
  }
  .gone {
    font-style: italic;
    opacity: 0.7;
  }
  .below,
  .menu div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    font-size: 12px;
    color: var(--_muted);
  }
  .below button,
  .menu button,
  .about button {
    min-height: 28px;
    padding: 2px 9px;
    border: 1px solid #8885;
    border-radius: 14px;
    color: var(--_text);
    background: none;
    font: inherit;
    cursor: pointer;
  }
  .below [aria-pressed='true'] {
    border-color: var(--_color);
  }
  /* beside the bubble, where a row is left free: a line of its own would part what belongs together */
  .below .more {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 6px;
    border-color: transparent;
    opacity: 0;
  }
  .own .below .more {
    inset-inline: 6px auto;
  }
  .first:not(.own) .below .more {
    inset-block-start: 24px;
  }
  .row:hover .more,
  .more:focus-visible,
  .more[aria-expanded='true'] {
    opacity: 1;
  }
  @media (hover: none) {
    .below .more {
      opacity: 0.6;
    }
  }
  .menu {
    display: grid;
    width: 216px;
    margin-block-start: 4px;
    padding: 6px;
    border: 1px solid #8885;
    border-radius: 12px;
    color: var(--_text);
    background: var(--_surface);
    font-size: 14px;
  }
  .menu button {
    border-color: transparent;
    text-align: start;
  }
  .menu .danger {
    color: var(--_danger);
  }
  .menu div {
    flex-wrap: nowrap;
    margin: 0;
  }
  .menu div button {
    padding: 2px 5px;
    font-size: 17px;
  }
  .here.online::before,
  .here.away::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline: 2px 6px;
    border-radius: 50%;
    background: #3c6;
    box-shadow: 0 0 0 1.5px currentColor;
  }
  .here.away::before {
    background: #fb3;
  }
  .about,
  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 4px 16px 0;
    font-size: 13px;
    color: var(--_muted);
  }
  .about span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    .menu {
      width: 302px;
    }
    .below button,
    .menu button,
    .about button {
      min-width: 44px;
      min-height: 44px;
    }
  }
  .jump {
    position: absolute;
    inset-block-end: 10px;
    inset-inline: 0;
    display: flex;
    gap: 4px;
    width: fit-content;
    margin: auto;
    padding: 10px;
    border-radius: 22px;
    color: var(--_on-color);
    background: var(--_color);
    box-shadow: 0 2px 12px #0003;
  }
`
