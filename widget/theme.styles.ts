import { css } from 'lit'

/**
 * What a site may set; what differs in the dark is a `light-dark()`.
 *
 * @cssprop --parley-color - Launcher, header and own messages; the inbox's, unless set.
 * @cssprop --parley-on-color - What stands on them; black or white, unless set.
 * @cssprop --parley-surface - Behind everything.
 * @cssprop --parley-text - What is read.
 * @cssprop --parley-muted - What is read second.
 * @cssprop --parley-bubble - Behind the other side's messages.
 * @cssprop --parley-line - Between things.
 * @cssprop --parley-danger - What failed.
 * @cssprop --parley-font - Family of all text.
 * @cssprop --parley-radius - Corners of the panel.
 * @cssprop --parley-launcher-radius - Corners of the launcher, a round one unless set.
 * @cssprop --parley-width - Of the panel, where the window has it.
 * @cssprop --parley-height - Of the panel, where the window has it.
 * @cssprop --parley-offset-x - From the side; the inbox's, unless set.
 * @cssprop --parley-offset-y - From below; the inbox's, unless set.
 * @cssprop --parley-z-index - Of launcher and panel.
 */
export const themeStyles = css`
  :host {
    --_color: var(--parley-color);
    --_on-color: var(--parley-on-color);
    --_surface: var(--parley-surface, light-dark(#fff, #1b1d22));
    --_text: var(--parley-text, light-dark(#1b1d22, #eceef2));
    --_muted: var(--parley-muted, light-dark(#626874, #a2a8b4));
    --_bubble: var(--parley-bubble, light-dark(#f0f1f4, #2a2d34));
    --_line: var(--parley-line, light-dark(#e3e5ea, #3a3e47));
    --_danger: var(--parley-danger, light-dark(#c92a2a, #ff8787));
    font: 15px/1.45 var(--parley-font, system-ui);
    color: var(--_text);
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    /* seen where colours are forced */
    outline: 1px solid #0000;
    font: inherit;
    color: inherit;
    background: none;
    cursor: pointer;
  }
  .pill {
    align-self: center;
    min-height: 44px;
    padding: 0 16px;
    border-radius: 22px;
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  :focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }
  svg {
    display: block;
    width: 24px;
    height: 24px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.9;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation-duration: 0s !important;
      transition: none !important;
    }
  }
`
