import { css } from 'lit'

export const markdownStyles = css`
  .md {
    white-space: normal;
  }
  .md :is(p, ul, ol, blockquote, pre, table, hr) {
    margin: 0 0 8px;
  }
  .md > :last-child,
  .md li > :last-child,
  .md blockquote > :last-child {
    margin-block-end: 0;
  }
  .md :is(p, li, blockquote, td, th) {
    unicode-bidi: plaintext;
  }
  .md :is(ul, ol) {
    padding-inline-start: 22px;
  }
  .md li > :is(ul, ol) {
    margin: 0;
  }
  .md blockquote {
    padding-inline-start: 10px;
    border-inline-start: 3px solid;
  }
  .md hr {
    border: 0;
    border-block-start: 1px solid;
    opacity: 0.4;
  }
  .md code {
    padding: 1px 4px;
    border-radius: 4px;
    background: #8883;
    font:
      0.92em/1.4 ui-monospace,
      monospace;
  }
  .md pre {
    display: grid;
    gap: 4px;
    padding: 8px 10px;
    border-radius: 8px;
    background: #8883;
    overflow-wrap: normal;
  }
  .md pre code {
    padding: 0;
    background: none;
    overflow-x: auto;
    white-space: pre;
    direction: ltr;
    text-align: left;
  }
  .md pre button {
    justify-self: end;
    min-height: 28px;
    padding: 0 8px;
    border-radius: 8px;
    box-shadow: inset 0 0 0 1px;
    font-size: 12px;
  }
  .md table {
    display: block;
    overflow-x: auto;
    border-collapse: collapse;
  }
  .md :is(th, td) {
    padding: 3px 8px;
    border: 1px solid #8886;
    text-align: start;
  }
`
