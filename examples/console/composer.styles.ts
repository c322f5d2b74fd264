import { css } from 'lit'

export const composerStyles = css`
  :host {
    display: block;
    flex: none;
    width: 100%;
    max-width: 820px;
    margin: 0 auto;
    padding: 4px 20px calc(16px + env(safe-area-inset-bottom));
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 5px;
    border: 1px solid var(--line-strong);
    border-radius: 14px;
    background: var(--raised);
    transition: border-color var(--motion);
  }
  form:focus-within {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  textarea {
    flex: 1;
    max-height: min(40vh, 260px);
    padding: 7px 8px;
    border-color: transparent;
    background: none;
    resize: none;
  }
  textarea:focus-visible {
    outline: none;
  }
  .about {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-bottom: 6px;
    padding-left: 10px;
    border-left: 3px solid var(--accent);
    color: var(--muted);
    font-size: 13px;
  }
  .about span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .hint {
    padding: 0 4px 6px;
    color: var(--muted);
    font-size: 12px;
  }
  form + .hint {
    padding: 6px 4px 0;
  }
  @media (max-width: 720px) {
    :host {
      padding: 4px 10px calc(10px + env(safe-area-inset-bottom));
    }
  }
`
