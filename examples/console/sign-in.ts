import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { controls } from './controls.styles.js'
import { SignInEvent } from './events.js'
import { signInStyles } from './sign-in.styles.js'

/** The sign-in page. Raises `SignInEvent`. */
@customElement('console-sign-in')
export class ConsoleSignIn extends LitElement {
  static override styles = [controls, signInStyles]

  /** Why the last try was refused, or why one is here at all. */
  @property({ attribute: false }) notice: string | null = null
  @property({ type: Boolean }) isSigningIn = false

  @state() private emailProblem = ''
  @state() private passwordProblem = ''

  @query('#email') private readonly email!: HTMLInputElement
  @query('#password') private readonly password!: HTMLInputElement

  protected override firstUpdated(): void {
    this.email.focus()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('notice') && this.notice && this.password.value) this.password.select()
  }

  protected override render(): TemplateResult {
    return html`
      <main>
        <form novalidate @submit=${this.#submit} aria-label="Sign in">
          <h1>Parley</h1>
          <p class="muted">Sign in to answer your visitors.</p>
          ${this.notice ? html`<p class="notice" role="alert">${this.notice}</p>` : nothing}
          ${this.#field('email', 'E-mail', 'email', 'username', this.emailProblem)}
          ${this.#field('password', 'Password', 'password', 'current-password', this.passwordProblem)}
          <button class="primary" ?disabled=${this.isSigningIn}>${this.isSigningIn ? 'Signing in…' : 'Sign in'}</button>
        </form>
      </main>
    `
  }

  #field(
    id: string,
    label: string,
    type: string,
    autocomplete: 'username' | 'current-password',
    problem: string,
  ): TemplateResult {
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          name=${id}
          type=${type}
          autocomplete=${autocomplete}
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${problem ? `${id}-problem` : nothing}
        />
        ${problem ? html`<p id="${id}-problem" class="refusal">${problem}</p>` : nothing}
      </div>
    `
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const [email, password] = [this.email.value.trim(), this.password.value]
    this.emailProblem = !email
      ? 'Your e-mail is missing.'
      : this.email.validity.valid
        ? ''
        : 'This is not an e-mail address.'
    this.passwordProblem = password ? '' : 'Your password is missing.'
    if (this.emailProblem) return this.email.focus()
    if (this.passwordProblem) return this.password.focus()
    this.dispatchEvent(new SignInEvent(email, password))
  }
}
