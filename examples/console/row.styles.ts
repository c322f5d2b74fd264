import { css } from 'lit'

export const rowStyles = css`
  .row {
    display: grid;
    grid-template: 'avatar first' auto 'avatar second' auto 'avatar third' auto / 34px minmax(0, 1fr);
    gap: 1px 12px;
    padding: 12px 16px 11px;
    border-bottom: 1px solid var(--line);
    color: var(--text);
    text-decoration: none;
  }
  .row:hover {
    background: var(--hover);
  }
  .row[aria-current] {
    background: var(--selected);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .avatar {
    display: grid;
    grid-area: avatar;
    place-items: center;
    width: 34px;
    height: 34px;
    margin-top: 2px;
    border-radius: 50%;
    font-size: 12px;
    font-weight: 600;
  }
  .tint-0 {
    background: light-dark(#dbe4ff, #2a3763);
    color: light-dark(#2b44a8, #b9c7ff);
  }
  .tint-1 {
    background: light-dark(#d3f3e3, #1b4030);
    color: light-dark(#146439, #8fe0b4);
  }
  .tint-2 {
    background: light-dark(#fdeccb, #46361a);
    color: light-dark(#7a4d00, #f2cd8a);
  }
  .tint-3 {
    background: light-dark(#fbdfe8, #4a2433);
    color: light-dark(#9b2250, #f7aec6);
  }
  .tint-4 {
    background: light-dark(#e9defa, #38285a);
    color: light-dark(#5f35a5, #cdb5f7);
  }
  .tint-5 {
    background: light-dark(#d2f0f3, #163e44);
    color: light-dark(#0b5d68, #8bdbe6);
  }
  .first,
  .second {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
  }
  .first {
    grid-area: first;
  }
  .second {
    grid-area: second;
  }
  strong,
  .preview {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  strong {
    font-weight: 500;
  }
  .preview,
  time,
  .third {
    color: var(--muted);
  }
  time,
  .third {
    font-size: 12px;
  }
  .third {
    grid-area: third;
  }
  .waiting {
    color: var(--warn);
  }
  .unread strong,
  .unread .preview {
    color: var(--text);
    font-weight: 650;
  }
  .badge {
    flex: none;
    min-width: 20px;
    padding: 0 6px;
    border-radius: 10px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 19px;
    text-align: center;
  }
`
