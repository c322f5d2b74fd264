import { css } from 'lit'

/** Of the tree around the composer. */
export const emojiStyles = css`
  .emoji {
    display: grid;
    place-content: center;
    flex: none;
    height: min(320px, 45%);
    border-block-start: 1px solid var(--_line);
    overflow: hidden;
  }
  .emoji p {
    margin: 0;
    color: var(--_muted);
  }
  .emoji parley-emoji-picker {
    height: 100%;
    min-height: 0;
    --shadow: none;
    --border-radius: 0;
  }
  parley-composer button {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    color: var(--_muted);
  }
  parley-composer button:focus-visible {
    outline-offset: -2px;
  }
  parley-composer [aria-expanded='true'] {
    color: var(--_text);
  }
`

/** Of the composer's own tree: room for what is slotted, and the list of shortcodes. */
export const emojiFieldStyles = css`
  :host {
    position: relative;
  }
  slot {
    position: absolute;
    inset-block-end: 2px;
    inset-inline-end: 46px;
    display: flex;
  }
  textarea {
    padding-inline-end: 96px;
  }
  [role='listbox'] {
    position: absolute;
    inset-inline: 12px;
    inset-block-end: 100%;
    margin: 0;
    padding: 4px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
    list-style: none;
    box-shadow: 0 4px 16px #0003;
  }
  [role='option'] {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding: 0 10px;
    border-radius: 8px;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  [role='option'] i {
    min-width: 22px;
    font-style: normal;
  }
  @media (pointer: coarse) {
    [role='option'] {
      min-height: 44px;
    }
  }
  [aria-selected='true'] {
    background: var(--_bubble);
    outline: 2px solid transparent;
    outline-offset: -2px;
  }
`
