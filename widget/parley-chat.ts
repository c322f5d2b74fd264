import type { LauncherTexts, ShownInbox } from '../sdk/index.js'
import { AttributeElement } from './attributes.js'
import { readableOn } from './colors.js'
import type { fetchInbox } from './fetch-inbox.js'
import { loaderStyles } from './loader.styles.js'
import { launcherTexts } from './locale/en.js'
import { driveFromPage, type Listener, type PageApi, stopDriving } from './page-api.js'
import type { createPanel, ParleyPanel } from './panel.js'
import { build, buildLauncher, buildShell, type Shell } from './shell.js'

/** Where the panel covers the whole page. */
const PHONE = '(max-width: 480px), (max-height: 480px)'

/**
 * The chat on a page: launcher at once, panel on intent, no framework. Attributes and what they mean are in
 * attributes.ts, methods in page-api.ts, custom properties in theme.styles.ts. Parts: `launcher`, `panel`.
 */
export class ParleyChat extends AttributeElement implements PageApi {
  /** Origin of the script. */
  static origin = ''
  static loadPanel: () => Promise<{ createPanel: typeof createPanel }>
  /** Where the inbox did not come with the script. */
  static loadInbox: () => Promise<{ fetchInbox: typeof fetchInbox }>
  /** By the key of each script tag, the inbox that came with it, if one did. */
  static inboxes = new Map<string, ShownInbox | null>()

  #listeners: [type: string, listener: Listener][] = []
  #sheet = new CSSStyleSheet()
  #launcher = buildLauncher()
  #dialog = build('dialog', { part: 'panel' })
  #section = build('section', {}, this.#launcher.button, this.#dialog)
  #shell: Shell | null = null
  #inbox: ShownInbox | null = null
  #texts: LauncherTexts = launcherTexts
  #unread = 0
  #panel: ParleyPanel | null = null
  #loading: Promise<void> | null = null
  /** What was asked of the panel before it was there. */
  #waiting: ((panel: ParleyPanel) => void)[] = []

  constructor() {
    super()
    this.#sheet.replaceSync(loaderStyles)
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [this.#sheet]
    const { button } = this.#launcher
    button.onclick = () => this.toggle()
    for (const intent of ['pointerenter', 'focus']) button.addEventListener(intent, () => void this.#load())
    // a phone's way back closes it too
    this.#dialog.onclose = () => this.#dialog.open || this.close()
    this.#section.onkeydown = (event) => {
      if (event.key === 'Escape' && !event.isComposing) this.close()
    }
  }

  open(options?: { message?: string }): void {
    if (options?.message) this.prefill(options.message)
    this.show()
    this.isOpen = true
  }
  close(): void {
    this.isOpen = false
  }
  toggle(): void {
    this.isOpen = !this.isOpen
  }
  show(): void {
    this.hidden = false
  }
  hide(): void {
    this.close()
    this.hidden = true
  }
  prefill(text: string): void {
    this.#ask((panel) => (panel.draft = text))
  }
  startConversation(text?: string): void {
    this.#ask((panel) => panel.startConversation())
    this.open({ message: text })
  }
  on(type: string, listener: Listener): () => void {
    this.#listeners.push([type, listener])
    if (type === 'ready' && this.#inbox) listener()
    return () => this.off(type, listener)
  }
  off(type: string, listener: Listener): void {
    this.#listeners = this.#listeners.filter((heard) => heard[0] !== type || heard[1] !== listener)
  }
  shutdown(): void {
    this.remove()
    this.#end()
    stopDriving(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    driveFromPage(this)
    void this.#settle()
  }

  disconnectedCallback(): void {
    // an element that is only moved is back before this runs
    queueMicrotask(() => this.isConnected || this.shutdown())
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return
    if (name === 'inbox' || name === 'server') {
      this.#end()
      void this.#settle()
    } else if (this.#inbox) {
      if (name !== 'open') this.#dress()
      else if (before === null || now === null) this.#applyOpen()
    }
  }

  protected override unset(name: 'inbox' | 'server' | 'position' | 'color' | 'locale'): string {
    const [inbox] = ParleyChat.inboxes.keys()
    return { ...this.#inbox?.settings, locale: this.#inbox?.locale, inbox, server: ParleyChat.origin }[name] ?? ''
  }

  /** Learns what the inbox looks like, from the script itself or by asking once, and shows the launcher. */
  async #settle(): Promise<void> {
    const { inbox: key, server } = this
    if (this.#inbox || !key) return
    const inbox =
      ParleyChat.inboxes.get(key) ?? (await (await ParleyChat.loadInbox()).fetchInbox(server, key, this.locale))
    if (!inbox || this.#inbox || !this.isConnected || this.inbox !== key || this.server !== server) return
    this.#inbox = inbox
    const { title } = inbox.settings
    for (const part of [this.#section, this.#dialog]) part.ariaLabel = title
    this.#texts = inbox.texts ?? this.#texts
    this.#shell = buildShell(title, this.#texts)
    this.#shell.close.onclick = () => this.close()
    this.#dialog.replaceChildren(this.#shell.root)
    this.#dress()
    this.#label()
    this.shadowRoot!.append(this.#section)
    this.#tell('ready')
    if (this.isOpen) this.#applyOpen()
  }

  #applyOpen(): void {
    const { isOpen } = this
    const hadFocus = this.#dialog.matches(':focus-within')
    if (!isOpen) this.#dialog.close()
    // on a phone nothing behind the panel may have the focus
    else if (matchMedia(PHONE).matches) this.#dialog.showModal()
    else this.#dialog.show()
    this.#label()
    if (isOpen) void this.#load()
    if (this.#panel) this.#panel.isOpen = isOpen
    if (isOpen) this.#focus()
    else if (hadFocus) this.#launcher.button.focus()
    this.#tell(isOpen ? 'open' : 'close')
  }

  /** Fetches the panel's chunk once; when that fails, the shell offers to try again. */
  #load(): Promise<void> {
    return (this.#loading ??= ParleyChat.loadPanel().then(
      (chunk) => this.#fill(chunk.createPanel),
      () => {
        this.#loading = null
        const again = build('button', {}, this.#texts.notLoaded)
        again.onclick = () => {
          again.replaceWith(this.#shell!.bones)
          this.#focus()
          void this.#load()
        }
        this.#shell!.bones.replaceWith(again)
      },
    ))
  }

  /** Puts the panel in the shell's place, with what was typed there. */
  async #fill(create: typeof createPanel): Promise<void> {
    const inbox = this.#inbox
    if (!inbox) return
    const { server, locale } = this
    const panel = await create({ server, inbox, locale, tell: (type, detail) => this.#hear(type, detail) })
    if (this.#inbox !== inbox) return panel.end()
    panel.hidden = true
    panel.isOpen = this.isOpen
    this.#dialog.append(panel)
    await panel.updateComplete
    const { root, field } = this.#shell!
    const hadFocus = field.matches(':focus')
    panel.draft = field.value
    panel.hidden = false
    this.#panel = panel
    panel.isOpen = this.isOpen
    for (const work of this.#waiting.splice(0)) work(panel)
    if (hadFocus) this.#focus()
    root.remove()
  }

  #hear(type: 'close' | 'unread' | 'message' | 'texts', detail?: unknown): void {
    if (type === 'close') return this.close()
    if (type === 'texts') this.#texts = detail as LauncherTexts
    if (type === 'unread') this.#unread = detail as number
    this.#label()
    if (type !== 'texts') this.#tell(type, detail)
  }

  #focus(): void {
    if (this.#panel) this.#panel.focusComposer()
    else this.#shell!.field.focus()
  }

  #label(): void {
    const { button, badge } = this.#launcher
    const { isOpen } = this
    button.ariaExpanded = `${isOpen}`
    button.ariaLabel = isOpen
      ? this.#texts.close
      : this.#texts.open + (this.#unread ? `, ${this.#texts.unread}: ${this.#unread}` : '')
    badge.textContent = isOpen || !this.#unread ? '' : `${this.#unread}`
  }

  #dress(): void {
    const { style } = this.#sheet.cssRules[0] as CSSStyleRule
    style.setProperty('--parley-color', this.color)
    style.setProperty('--parley-on-color', readableOn(this.color))
    this.#section.className = this.position
  }

  #ask(work: (panel: ParleyPanel) => void): void {
    if (this.#panel) work(this.#panel)
    else this.#waiting.push(work)
  }

  #tell(type: string, detail?: unknown): void {
    for (const [heard, listener] of this.#listeners) if (heard === type) listener(detail)
  }

  #end(): void {
    this.#panel?.end()
    this.#section.remove()
    this.#inbox = this.#panel = this.#loading = null
  }
}
