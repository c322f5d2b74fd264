import { css } from 'lit'

export const homeStyles = css`
  :host([at-home]) > :not(header, .home) {
    display: none;
  }
  .home {
    flex: 1;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 20px 16px 16px;
  }
  .home h3 {
    margin: 0 0 12px;
    font-size: 20px;
    line-height: 1.3;
    outline: 0;
    overflow-wrap: anywhere;
  }
  .home h4 {
    margin: 24px 0 8px;
    font-size: 13px;
    color: var(--_muted);
  }
  .people {
    display: flex;
    align-items: center;
    margin: 0 0 16px;
    font-size: 14px;
    color: var(--_muted);
  }
  .people .face {
    width: 32px;
    height: 32px;
    margin-inline-end: -8px;
    border: 2px solid var(--_surface);
    border-radius: 50%;
    font-size: 14px;
    color: var(--_text);
    background: var(--_bubble);
  }
  .people .face::before {
    content: none;
  }
  .people span:last-child {
    margin-inline-start: 16px;
  }
  .home ul {
    margin: 0;
    padding: 0;
    list-style: none;
    border-block-start: 1px solid var(--_line);
  }
  .home li {
    display: flex;
    align-items: center;
    border-block-end: 1px solid var(--_line);
  }
  .talk {
    flex: 1;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 8px;
    min-width: 0;
    padding: 12px 4px;
    text-align: start;
  }
  .talk b,
  .talk span {
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .talk span,
  .talk small {
    font-size: 13px;
    color: var(--_muted);
  }
  .talk em {
    justify-self: end;
    min-width: 22px;
    padding: 0 6px;
    border-radius: 11px;
    font: 600 12px/22px system-ui;
    text-align: center;
    color: var(--_on-color);
    background: var(--_color);
  }
  .save {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    color: var(--_muted);
  }
  .save svg {
    width: 20px;
  }
  .home footer .pill {
    margin: 0 8px 8px 0;
  }
  .home .danger {
    color: var(--_danger);
  }
  .home footer p {
    min-height: 20px;
    margin: 0;
    font-size: 13px;
    color: var(--_muted);
  }
`
