import { css } from 'lit'

export const messageStyles = css`
  .row {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-block-start: 2px;
    padding-inline-end: 48px;
  }
  .row.first,
  .failed + .row {
    margin-block-start: 14px;
  }
  .row.own {
    align-items: flex-end;
    padding-inline: 48px 0;
  }
  .author {
    margin-block-end: 4px;
    margin-inline-start: 14px;
    font-size: 12.5px;
    font-weight: 600;
    color: var(--_muted);
  }
  .bubble {
    max-width: 100%;
    padding: 9px 14px;
    border-radius: 18px;
    background: var(--_bubble);
  }
  .row:not(.own, .first) .bubble {
    border-start-start-radius: 6px;
  }
  .row:not(.own, .last) .bubble {
    border-end-start-radius: 6px;
  }
  .own .bubble {
    color: var(--_on-color);
    background: var(--_color);
    box-shadow: inset 0 0 0 1px #8883;
  }
  .own:not(.first) .bubble {
    border-start-end-radius: 6px;
  }
  .own:not(.last) .bubble {
    border-end-end-radius: 6px;
  }
  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .bubble a {
    color: inherit;
  }
  .meta {
    display: flex;
    align-items: center;
    gap: 4px;
    margin: 4px 6px 0;
    font-size: 12px;
    color: var(--_muted);
  }
  .meta svg {
    width: 14px;
    height: 14px;
    flex: none;
  }
  .pending .bubble,
  .pending .meta {
    animation: dim 0.2s 0.5s backwards;
    opacity: 0.6;
  }
  .pending .meta {
    animation-name: appear;
    opacity: 1;
  }
  @keyframes dim {
    from {
      opacity: 1;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .failed .bubble {
    color: var(--_text);
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--_danger);
  }
  .why {
    color: var(--_danger);
  }
  .acts {
    display: flex;
    gap: 8px;
    margin-block-start: 6px;
  }
  .acts button:first-child {
    box-shadow: none;
    color: var(--_surface);
    background: var(--_text);
  }
`
