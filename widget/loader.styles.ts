/** Launcher and shell. The first rule also takes the inbox's colours. `!important` on the host wins over the page's own, so that nothing is inherited from it either. */
export const loaderStyles = `
:host {
  all: initial !important;
}
:host([hidden]) {
  display: none !important;
}
* {
  box-sizing: border-box;
}
section {
  --_y: max(var(--parley-offset-y, 20px), env(safe-area-inset-bottom));
  --_surface: var(--parley-surface, #fff);
  position: fixed;
  z-index: var(--parley-z-index, 2147483000);
  inset-block-end: var(--_y);
  inset-inline-end: var(--parley-offset-x, 20px);
  display: flex;
  flex-direction: column-reverse;
  align-items: end;
  gap: 14px;
  pointer-events: none;
  font: 16px/1.45 var(--parley-font, system-ui, sans-serif);
  color: var(--parley-text, #1b1d22);
}
.left {
  inset-inline: var(--parley-offset-x, 20px) auto;
  align-items: start;
}
button {
  display: grid;
  place-items: center;
  width: 44px;
  height: 44px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  font: inherit;
  color: inherit;
  background: none;
  cursor: pointer;
  pointer-events: auto;
}
svg {
  grid-area: 1/1;
  width: 24px;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.9;
  stroke-linecap: round;
  stroke-linejoin: round;
}
section > button {
  position: relative;
  width: 60px;
  height: 60px;
  box-shadow: 0 4px 20px #0004;
}
section > button,
header {
  color: var(--parley-on-color, #fff);
  background: var(--parley-color, #3b5bdb);
}
section > button:focus-visible {
  outline: 2px solid #fff;
  box-shadow: 0 0 0 5px #1b1d22;
}
section > button svg {
  width: 28px;
  transition: opacity 0.2s;
}
[aria-expanded='false'] svg + svg,
[aria-expanded='true'] svg:first-child {
  opacity: 0;
}
span {
  position: absolute;
  inset: -3px -3px auto auto;
  min-width: 22px;
  padding: 0 5px;
  border: 2px solid #fff;
  border-radius: 11px;
  font: 600 12px/18px system-ui;
  color: #fff;
  background: #c92a2a;
}
span:empty {
  display: none;
}
dialog {
  position: static;
  width: min(var(--parley-width, 400px), 100vw - 40px);
  height: min(var(--parley-height, 680px), 100vh - var(--_y) - 94px);
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: var(--parley-radius, 20px);
  overflow: hidden;
  color: inherit;
  background: var(--_surface);
  box-shadow: 0 4px 40px #0004;
  pointer-events: auto;
}
@keyframes rise {
  from {
    opacity: 0;
    transform: translateY(12px);
  }
}
.shell {
  display: flex;
  flex-direction: column;
  height: 100%;
}
header {
  display: flex;
  align-items: center;
  gap: 12px;
  padding: max(16px, env(safe-area-inset-top)) 12px 16px;
  padding-inline-start: 20px;
}
i {
  display: block;
  width: 44px;
  height: 44px;
  border-radius: 22px;
  background: currentColor;
  opacity: 0.12;
}
b {
  flex: 1;
}
div > div {
  flex: 1;
  padding: 12px 16px;
}
div > div i {
  width: 60%;
  margin-block-start: 8px;
  opacity: 0.07;
}
.shell > button {
  flex: 1;
  width: 100%;
  text-decoration: underline;
}
textarea {
  height: 48px;
  margin: 8px 12px max(12px, env(safe-area-inset-bottom));
  padding: 11px 16px;
  border: 1px solid;
  border-radius: 24px;
  font: inherit;
  color: inherit;
  background: none;
  resize: none;
}
@media (prefers-color-scheme: dark) {
  section {
    --_surface: var(--parley-surface, #1b1d22);
    color: var(--parley-text, #eceef2);
  }
}
@media (max-width: 480px), (max-height: 480px) {
  dialog {
    position: fixed;
    inset: 0;
    width: 100%;
    height: 100%;
    border-radius: 0;
  }
}
@media (prefers-reduced-motion: no-preference) {
  dialog {
    animation: rise 0.2s;
  }
}
`
