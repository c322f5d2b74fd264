import { css } from 'lit'

export const signInStyles = css`
  :host {
    display: block;
    height: 100%;
    overflow: auto;
  }
  main {
    display: grid;
    place-items: center;
    min-height: 100%;
    padding: 24px 16px;
  }
  form {
    display: grid;
    gap: 14px;
    width: 100%;
    max-width: 360px;
    padding: 28px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    box-shadow: 0 8px 30px var(--shade);
  }
  h1 {
    font-size: 22px;
    letter-spacing: -0.01em;
  }
  h1 + p {
    margin-top: -10px;
  }
  .field {
    display: grid;
    gap: 5px;
  }
  label {
    font-weight: 500;
  }
  .notice {
    padding: 9px 12px;
    border-radius: var(--radius);
    background: var(--bad-soft);
    color: var(--bad);
  }
  button {
    height: 40px;
    margin-top: 4px;
  }
`
