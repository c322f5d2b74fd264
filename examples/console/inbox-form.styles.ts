import { css } from 'lit'

export const inboxFormStyles = css`
  form {
    display: grid;
    gap: 20px;
    padding-bottom: 24px;
  }
  .field {
    display: grid;
    gap: 5px;
  }
  .field p {
    font-size: 12px;
  }
  label,
  legend {
    padding: 0;
    font-weight: 500;
  }
  textarea {
    resize: vertical;
  }
  #origins,
  #color {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 13px;
  }
  .color {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .color input[type='color'] {
    flex: none;
    width: 44px;
    padding: 3px;
  }
  .color #color {
    width: 110px;
  }
  .sample {
    padding: 7px 14px;
    border-radius: 16px 16px 5px;
    background: var(--muted);
    color: #fff;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 20px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 5px;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 7px;
    font-weight: 400;
  }
  .choice input {
    width: 16px;
    min-height: 0;
    margin: 0;
    accent-color: var(--accent);
  }
  footer {
    display: flex;
    align-items: center;
    gap: 12px;
  }
`
