import { css } from 'lit'

export const deskStyles = css`
  :host {
    display: flex;
    min-width: 0;
    min-height: 0;
    background: var(--surface);
  }
  .list {
    display: grid;
    flex: none;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    width: clamp(260px, 27vw, 340px);
    border-right: 1px solid var(--line);
  }
  main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
  }
  console-thread {
    flex: 1;
    min-height: 0;
  }
  .typing {
    width: 100%;
    min-height: 20px;
    max-width: 820px;
    margin: 0 auto;
    padding: 0 24px;
    color: var(--muted);
    font-size: 12px;
  }
  console-details {
    flex: none;
    width: 248px;
    border-left: 1px solid var(--line);
  }
  .nothing {
    align-items: center;
    justify-content: center;
    gap: 4px;
    padding: 24px;
    text-align: center;
  }
  kbd {
    padding: 0 5px;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--page);
    font: inherit;
    font-size: 12px;
  }
  @media (max-width: 1080px) {
    :host {
      position: relative;
    }
    console-details {
      position: absolute;
      inset: 0 0 0 auto;
      width: min(300px, 100%);
      background: var(--surface);
      box-shadow: -12px 0 30px var(--shade);
    }
  }
  @media (max-width: 720px) {
    .list {
      width: 100%;
      border: 0;
    }
    .list.behind,
    .nothing {
      display: none;
    }
  }
`
