import { css } from 'lit'

export const inboxStudioStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 28px;
    align-items: start;
    max-width: 1160px;
    padding: 24px;
  }
  .settings,
  .developers {
    display: grid;
    gap: 28px;
  }
  .developers {
    padding-top: 24px;
    border-top: 1px solid var(--line);
  }
  console-inbox-preview {
    position: sticky;
    top: 24px;
  }
  form > footer {
    position: sticky;
    bottom: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 20px;
    padding: 12px 0;
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  dialog {
    width: min(400px, calc(100vw - 32px));
  }
  dialog footer {
    display: flex;
    justify-content: end;
    gap: 8px;
    margin-top: 16px;
  }
  @media (max-width: 1000px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    console-inbox-preview {
      position: static;
    }
  }
  @media (max-width: 720px) {
    :host {
      padding: 16px;
    }
  }
`
