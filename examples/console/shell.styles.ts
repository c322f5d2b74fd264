import { css } from 'lit'

export const shellStyles = css`
  :host {
    display: grid;
    grid-template: 'rail page' minmax(0, 1fr) / 204px minmax(0, 1fr);
    height: 100%;
  }
  console-rail {
    grid-area: rail;
    min-height: 0;
  }
  .page {
    display: grid;
    grid-area: page;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }
  @media (max-width: 720px) {
    /* the rail becomes a line above and a line of tabs below */
    :host {
      grid-template: 'top' auto 'page' minmax(0, 1fr) 'tabs' auto / minmax(0, 1fr);
    }
    console-rail {
      display: contents;
    }
  }
`
