import { css } from 'lit'

export const threadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
  }
  .empty {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    gap: 10px;
    padding: 24px;
    text-align: center;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .lines {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    max-width: 820px;
    min-height: 100%;
    margin: 0 auto;
    padding: 12px 20px 16px;
  }
  .earlier {
    text-align: center;
  }
  .day,
  .activity,
  .divider {
    margin: 14px 0 4px;
    color: var(--muted);
    font-size: 12px;
    text-align: center;
  }
  .activity {
    margin: 8px 0 2px;
    overflow-wrap: anywhere;
  }
  .day span {
    font-weight: 600;
  }
  .divider {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--accent);
    font-weight: 600;
  }
  .divider::before,
  .divider::after {
    flex: 1;
    height: 1px;
    background: currentColor;
    content: '';
    opacity: 0.4;
  }
  .said {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-top: 3px;
  }
  .said.first {
    margin-top: 12px;
  }
  .own,
  .team {
    align-items: flex-end;
  }
  .bubble {
    max-width: min(84%, 560px);
    padding: 8px 13px;
    border-radius: 16px;
    background: var(--theirs);
    overflow-wrap: anywhere;
    transition: opacity var(--motion);
  }
  .contact.last .bubble {
    border-bottom-left-radius: 5px;
  }
  .team .bubble {
    background: var(--team);
  }
  .own .bubble {
    background: var(--own);
    color: var(--on-own);
  }
  .own.last .bubble,
  .team.last .bubble {
    border-bottom-right-radius: 5px;
  }
  .bubble a {
    color: inherit;
  }
  .pending {
    opacity: 0.65;
  }
  .own .bubble.failed {
    border: 1px solid var(--bad);
    background: var(--bad-soft);
    color: var(--text);
  }
  .deleted .text {
    color: var(--muted);
    font-style: italic;
  }
  .said .bubble.deleted {
    border: 1px dashed var(--line-strong);
    background: none;
  }
  .quote {
    margin-bottom: 5px;
    padding-left: 8px;
    border-left: 3px solid currentColor;
    font-size: 13px;
    opacity: 0.75;
  }
  .text {
    white-space: pre-wrap;
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-top: 3px;
  }
  .reactions button {
    min-height: 26px;
    padding: 0 8px;
    border-radius: 13px;
    font-size: 13px;
  }
  .reactions [aria-pressed='true'] {
    border-color: var(--accent);
  }
  .more {
    position: absolute;
    top: 0;
    right: 0;
    min-height: 30px;
    opacity: 0;
  }
  .own .more,
  .team .more {
    right: auto;
    left: 0;
  }
  .said:hover .more,
  .more:focus-visible,
  .more[aria-expanded='true'] {
    opacity: 1;
  }
  .ticks svg {
    width: 14px;
    height: 14px;
    margin-right: 3px;
    vertical-align: -2px;
  }
  .ticks.read {
    color: var(--accent);
  }
  .author,
  .meta {
    padding: 2px 4px 0;
    color: var(--muted);
    font-size: 12px;
  }
  .own .meta {
    text-align: right;
  }
  .meta.refusal {
    color: var(--bad);
  }
  .meta button {
    margin-left: 6px;
    font-size: inherit;
  }
  .jump {
    position: absolute;
    bottom: 12px;
    left: 50%;
    border-radius: 20px;
    box-shadow: 0 4px 14px var(--shade);
    transform: translateX(-50%);
  }
  @media (max-width: 720px) {
    .lines {
      padding: 8px 12px 12px;
    }
  }
`
