import { css } from 'lit'

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  header {
    display: flex;
    flex: none;
    align-items: center;
    height: 56px;
    padding: 0 16px;
    border-bottom: 1px solid var(--line);
  }
  h1 {
    font-size: 16px;
    letter-spacing: -0.01em;
  }
  .rows {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .line {
    display: grid;
    gap: 10px;
    justify-items: center;
    padding: 28px 24px;
    text-align: center;
    text-wrap: balance;
  }
  .skeleton {
    display: grid;
    gap: 1px;
  }
  .skeleton i {
    height: 76px;
    background:
      linear-gradient(var(--hover), var(--hover)) 16px 18px / 34px 34px no-repeat,
      linear-gradient(var(--hover), var(--hover)) 62px 18px / 45% 12px no-repeat,
      linear-gradient(var(--hover), var(--hover)) 62px 40px / 65% 12px no-repeat;
  }
  @media (max-width: 720px) {
    header {
      display: none;
    }
  }
`
