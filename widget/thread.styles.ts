import { css } from 'lit'

export const threadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 0;
  }
  .scroller {
    display: flex;
    flex: 1;
    flex-direction: column-reverse;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .rows {
    flex: 1 0 auto;
    display: flex;
    flex-direction: column;
    padding: 16px 16px 12px;
  }
  .line {
    margin: 18px 0 4px;
    text-align: center;
    font-size: 12.5px;
    color: var(--_muted);
  }
  .line + .line {
    margin-block-start: 0;
  }
  .greeting + i + .line {
    margin-block-start: 22px;
  }
  .bones {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding-block: 4px;
  }
  .bone {
    flex: none;
    width: 68%;
    height: 40px;
    border-radius: 18px;
    background: var(--_bubble);
    animation: wait 1.4s infinite alternate ease-in-out;
  }
  .bone.short {
    width: 44%;
  }
  .bone.mine {
    align-self: end;
    width: 52%;
  }
  @keyframes wait {
    to {
      opacity: 0.45;
    }
  }
  .sorry {
    margin: auto;
    padding: 24px;
    text-align: center;
  }
  .sorry p {
    margin: 0 0 16px;
  }
`
