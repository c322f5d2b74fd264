import { css } from 'lit'

/** The frame in the page's own place instead of above it, and its motion; read by the element's own shadow tree. */
export const modeStyles = css`
  :host([mode]:not([hidden])) {
    display: block !important;
    position: relative !important;
    height: 100% !important;
    min-height: 320px !important;
  }
  :host([mode]) section {
    --_close: none;
    position: absolute;
    inset: 0;
    z-index: auto;
  }
  :host([mode='full']) section {
    position: fixed;
  }
  :host([mode]) dialog {
    position: static;
    width: 100%;
    height: 100%;
    border-radius: 0;
    box-shadow: none;
  }
  :host([mode='inline']) parley-panel {
    position: static;
    height: 100%;
  }
  :host([mode]) section > button {
    display: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog {
      transition: opacity 0.2s;
    }
    @starting-style {
      dialog {
        opacity: 0;
      }
    }
  }
`
