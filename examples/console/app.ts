import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Access } from './access.js'
import { controls } from './controls.styles.js'
import type { SignInEvent } from './events.js'
import { linkTokenOf } from './router.js'
import { StoreController } from './store-controller.js'
import './shell.js'
import './sign-in.js'

/** The agent console: the sign-in page, or the shell with everything in it. */
@customElement('console-app')
export class ConsoleApp extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .middle {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 12px;
        height: 100%;
        padding: 24px;
        text-align: center;
      }
    `,
  ]

  readonly #access = new Access(location.origin)
  readonly #stage = new StoreController(this)

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stage.follow(this.#access)
    void this.#access.resume()
    addEventListener('hashchange', this.#followLink)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#followLink)
  }

  protected override render(): TemplateResult {
    const stage = this.#access.getSnapshot()
    switch (stage.name) {
      case 'checking':
        return html`<main class="middle muted" aria-busy="true">One moment…</main>`
      case 'unreachable':
        return html`<main class="middle">
          <p role="alert">${stage.reason}</p>
          <button class="primary" @click=${() => this.#access.resume()}>Try again</button>
        </main>`
      case 'signed-out':
        return html`<console-sign-in
          .notice=${stage.notice}
          .isSigningIn=${stage.isSigningIn}
          @console-sign-in=${(event: SignInEvent) => this.#access.signIn(event.email, event.password)}
        ></console-sign-in>`
      case 'signed-in':
        return html`<console-shell
          .agent=${stage.agent}
          .session=${stage.session}
          @console-sign-out=${() => this.#access.signOut()}
        ></console-shell>`
    }
  }

  /** A sign-in link opened where the console already is. */
  readonly #followLink = () => {
    if (linkTokenOf(location.hash)) location.reload()
  }
}
