import { css } from 'lit'

export const inboxesStyles = css`
  :host {
    display: flex;
    min-width: 0;
    min-height: 0;
    background: var(--surface);
  }
  .alone {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    gap: 10px;
    max-width: 460px;
    margin: 0 auto;
    padding: 24px;
    text-align: center;
  }
  .list {
    flex: none;
    width: clamp(260px, 27vw, 340px);
    overflow-y: auto;
    border-right: 1px solid var(--line);
  }
  header {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 56px;
    padding: 0 12px 0 16px;
    border-bottom: 1px solid var(--line);
  }
  h1 {
    flex: 1;
    font-size: 16px;
  }
  h2 {
    overflow: hidden;
    font-size: 15px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line {
    padding: 24px;
    text-align: center;
  }
  .inbox {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 52px;
    padding: 0 16px;
    border-bottom: 1px solid var(--line);
    color: var(--text);
    text-decoration: none;
  }
  .inbox:hover {
    background: var(--hover);
  }
  .inbox[aria-current] {
    background: var(--selected);
  }
  .inbox:focus-visible {
    outline-offset: -2px;
  }
  .inbox svg {
    width: 14px;
    height: 14px;
    stroke: var(--line);
    stroke-width: 1;
  }
  .inbox span {
    flex: 1;
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  small {
    color: var(--muted);
    font-size: 12px;
  }
  .detail {
    flex: 1;
    min-width: 0;
    overflow-y: auto;
  }
  .nothing {
    display: grid;
    place-items: center;
    padding: 24px;
  }
  .detail header {
    padding-left: 24px;
  }
  .back {
    display: none;
  }
  /* form and preview need the room */
  @media (max-width: 1400px) {
    .list.behind {
      display: none;
    }
    .back {
      display: inline-flex;
    }
    .detail header {
      padding-left: 4px;
    }
  }
  @media (max-width: 720px) {
    .list {
      width: 100%;
      border: 0;
    }
    .nothing {
      display: none;
    }
  }
`
