/**
 * Launcher and shell. `!important` on the host wins over the page's own, so that nothing is inherited from it either.
 * What stands on the colour is black or white, whichever contrasts more: both do alike where relative luminance (WCAG
 * 2.2), which is the Y of CIE XYZ, is 0.179. The transparent outlines are seen where colours are forced. Icons are
 * cut out of borders, which keep a colour where colours are forced: an element of SVG would take 30 kB of heap.
 */
export const loaderStyles = `
:host {
  all: initial !important;
  --_white: clamp(0, (.179 - y) * 9e9, 2);
  --parley-on-color: color(from var(--parley-color) xyz-d65 var(--_white) var(--_white) var(--_white));
}
* {
  box-sizing: border-box;
}
section {
  --_y: max(var(--parley-offset-y), env(safe-area-inset-bottom));
  position: fixed;
  z-index: var(--parley-z-index, 2147483000);
  inset-block-end: var(--_y);
  inset-inline-end: var(--parley-offset-x);
  display: flex;
  flex-direction: column-reverse;
  align-items: end;
  gap: 14px;
  pointer-events: none;
  font: 16px var(--parley-font, system-ui);
  color: var(--parley-text, light-dark(#1b1d22, #eceef2));
}
:host([mode]) section {
  position: static;
}
.left {
  inset-inline: var(--parley-offset-x) auto;
  align-items: start;
}
button,
textarea,
dialog,
span {
  margin: 0;
  padding: 0;
  border: 0;
  outline: 1px solid #0000;
  border-radius: 30px;
  font: inherit;
  color: inherit;
  background: none;
}
button {
  display: grid;
  place-items: center;
  width: 44px;
  min-width: fit-content;
  height: 44px;
  cursor: pointer;
  pointer-events: auto;
}
i {
  border: 12px solid;
  clip-path: path('M6 8l6 6 6-6 1.4 1.4-7.4 7.4-7.4-7.4z');
}
[aria-expanded='false'] > i {
  clip-path: path(evenodd, 'M3 21l1.3-6A9 9 0 1 1 9 19.7zM8 9h8v2H8zM8 13h5v2H8z');
}
section > button {
  position: relative;
  grid-auto-flow: column;
  gap: 14px;
  width: 60px;
  height: 60px;
  padding: 0 16px;
  border-radius: var(--parley-launcher-radius, 30px);
  box-shadow: 0 4px 40px #0004;
}
section > button,
header {
  color: var(--parley-on-color);
  background: var(--parley-color);
}
section > button:focus-visible {
  outline: 2px solid #fff;
  box-shadow: 0 0 0 5px #1b1d22;
}
span {
  position: absolute;
  inset: -3px -3px auto auto;
  min-width: 22px;
  padding: 0 5px;
  border: 2px solid #fff;
  font: 600 12px/18px system-ui;
  color: #fff;
  background: #c92a2a;
}
:is(span, b, button):empty,
:host([hidden]) section {
  display: none;
}
dialog {
  position: static;
  width: min(var(--parley-width, 400px), 100vw - 40px);
  height: min(var(--parley-height, 680px), 100vh - var(--_y) - 94px);
  max-width: none;
  max-height: none;
  border-radius: var(--parley-radius, 20px);
  overflow: hidden;
  background: var(--parley-surface, light-dark(#fff, #1b1d22));
  box-shadow: 0 4px 40px #0004;
  pointer-events: auto;
}
div {
  display: flex;
  flex-direction: column;
  height: 100%;
}
header {
  display: flex;
  align-items: center;
  padding: max(16px, env(safe-area-inset-top)) 12px 16px;
  padding-inline-start: 76px;
}
b {
  flex: 1;
}
div > button {
  margin: auto;
  padding: 0 16px;
  box-shadow: 0 4px 40px #0004;
}
textarea {
  height: 48px;
  margin: auto 12px max(12px, env(safe-area-inset-bottom));
  padding: 11px 16px;
  border: 1px solid;
  resize: none;
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
@media print {
  section {
    display: none;
  }
}
`
