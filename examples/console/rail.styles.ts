import { css } from 'lit'

export const railStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    border-right: 1px solid var(--line);
  }
  header {
    display: grid;
    gap: 2px;
    padding: 16px 18px 10px;
  }
  strong {
    overflow: hidden;
    font-size: 15px;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .connection {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--muted);
    font-size: 12px;
  }
  .connection::before {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--line-strong);
    content: '';
  }
  .connection.good::before {
    background: var(--good);
  }
  .connection.warn {
    color: var(--warn);
  }
  .connection.warn::before {
    background: var(--warn);
  }
  .narrow {
    display: none;
  }
  nav {
    flex: 1;
    padding: 4px 10px;
    overflow: auto;
  }
  ul {
    display: grid;
    gap: 2px;
  }
  .apart {
    margin-top: 12px;
    padding-top: 12px;
    border-top: 1px solid var(--line);
  }
  a {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding: 0 10px;
    border-radius: var(--radius);
    color: var(--text);
    text-decoration: none;
    transition: background var(--motion);
  }
  a:hover {
    background: var(--hover);
  }
  a[aria-current] {
    background: var(--selected);
    font-weight: 600;
  }
  a svg {
    color: var(--muted);
  }
  a[aria-current] svg {
    color: var(--accent);
  }
  .count {
    margin-left: auto;
    color: var(--muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    font-weight: 500;
  }
  footer {
    display: flex;
    align-items: center;
    padding: 8px 8px 8px 18px;
    border-top: 1px solid var(--line);
  }
  footer p {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  @media (max-width: 720px) {
    header {
      grid-area: top;
      grid-template-columns: 1fr auto auto;
      align-items: center;
      gap: 8px;
      padding: 6px 6px 6px 16px;
      border-bottom: 1px solid var(--line);
    }
    .narrow {
      display: inline-flex;
    }
    nav {
      grid-area: tabs;
      padding: 4px 4px calc(4px + env(safe-area-inset-bottom));
      border-top: 1px solid var(--line);
      background: var(--surface);
    }
    ul {
      grid-template-columns: repeat(5, 1fr);
    }
    .apart {
      margin: 0;
      padding: 0;
      border: 0;
    }
    a,
    a[aria-current] {
      position: relative;
      flex-direction: column;
      justify-content: center;
      gap: 2px;
      min-height: 48px;
      padding: 0;
      background: none;
      font-size: 11px;
    }
    a[aria-current] {
      color: var(--accent);
    }
    .count {
      position: absolute;
      top: 2px;
      left: calc(50% + 10px);
      margin: 0;
      font-size: 11px;
    }
    footer,
    :host(.tucked) header,
    :host(.tucked) nav {
      display: none;
    }
  }
`
