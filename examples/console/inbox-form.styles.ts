import { css } from 'lit'

export const inboxFormStyles = css`
  :host,
  section {
    display: grid;
    gap: 18px;
  }
  section {
    padding-top: 20px;
    border-top: 1px solid var(--line);
  }
  h3 {
    font-size: 15px;
  }
  .field {
    display: grid;
    gap: 5px;
    align-content: start;
  }
  .field p,
  fieldset p {
    font-size: 12px;
  }
  .field p:empty {
    display: none;
  }
  label,
  legend {
    padding: 0;
    font-weight: 500;
  }
  textarea {
    resize: vertical;
  }
  select {
    width: 100%;
    min-height: 36px;
    padding: 0 8px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  #origins,
  #color {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 13px;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 16px;
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
  .checks {
    display: grid;
    gap: 4px;
    font-size: 13px;
  }
  .checks li {
    display: grid;
    grid-template-columns: 18px minmax(0, 1.4fr) 62px minmax(0, 1fr);
    gap: 8px;
    align-items: start;
  }
  .checks strong {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .good svg {
    color: var(--good);
  }
  .poor svg,
  .poor span:last-child {
    color: var(--warn);
  }
  .nearest {
    justify-self: start;
  }
  .nearest svg {
    stroke: var(--line);
    stroke-width: 1;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 20px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .wordings {
    display: grid;
    gap: 8px;
    justify-items: start;
  }
  .wording {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto;
    gap: 8px;
    width: 100%;
  }
  legend {
    margin-bottom: 5px;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 400;
  }
  .choice input {
    flex: none;
    width: 16px;
    min-height: 0;
    margin: 0;
    accent-color: var(--accent);
  }
  @media (max-width: 480px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (pointer: coarse) {
    input,
    select,
    .choice {
      min-height: 44px;
    }
    .choice input {
      min-height: 20px;
      width: 20px;
    }
    select {
      font-size: 16px;
    }
  }
`
