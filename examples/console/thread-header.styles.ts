import { css } from 'lit'

export const threadHeaderStyles = css`
  :host {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-height: 56px;
    padding: 8px 12px 8px 20px;
    border-bottom: 1px solid var(--line);
  }
  .who {
    flex: 1;
    min-width: 0;
    line-height: 1.3;
  }
  h2,
  p {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    font-size: 15px;
  }
  p {
    font-size: 12px;
  }
  .name {
    display: flex;
    align-items: baseline;
    gap: 10px;
  }
  .presence {
    flex: none;
    color: var(--muted);
    font-size: 12px;
  }
  .presence::before {
    display: inline-block;
    width: 7px;
    height: 7px;
    margin-right: 5px;
    border-radius: 50%;
    background: var(--line-strong);
    content: '';
  }
  .presence.online::before {
    background: var(--good);
  }
  .presence.away::before {
    background: var(--warn);
  }
  .short,
  .back {
    display: none;
  }
  [aria-pressed='true'] {
    color: var(--accent);
  }
  @media (max-width: 720px) {
    :host {
      gap: 4px;
      padding: 6px 6px 6px 4px;
    }
    .long {
      display: none;
    }
    .short {
      display: inline;
    }
    .back {
      display: inline-flex;
    }
    button {
      padding: 0 10px;
      font-size: 13px;
    }
  }
`
