import type { LauncherTexts, ShownInbox } from '../sdk/index.js'
import { AttributeElement, type AttributeName } from './attributes.js'
import type { fetchInbox } from './fetch-inbox.js'
import { loaderStyles } from './loader.styles.js'
import { driveFromPage, type Listener, type PageApi, type PageAsk, stopDriving } from './page-api.js'
import type { createPanel, ParleyPanel } from './panel.js'
import type { Tell } from './late-panel.js'
import { build, buildLauncher, buildShell, type Shell } from './shell.js'

/** How long a page has for itself before a conversation goes on. */
const IDLE_MS = 2_000
/** Where the panel covers the whole page. */
const PHONE = '(max-width:480px),(max-height:480px)'

/**
 * The chat on a page: launcher at once, panel on intent, no framework.
 *
 * @csspart launcher - The button.
 * @csspart panel - The dialog that it opens.
 */
export class ParleyChat extends AttributeElement implements PageApi {
  /** Origin of the script. */
  static origin: string
  static loadPanel: () => Promise<{ createPanel: typeof createPanel }>
  /** Where the inbox did not come with the script. */
  static loadInbox: () => Promise<{ fetchInbox: typeof fetchInbox }>
  /** By the key of each script tag, the inbox that came with it, if one did. */
  static inboxes: Map<string, ShownInbox | null>

  declare prefill: PageApi['prefill']
  declare setPage: PageApi['setPage']
  declare identify: PageApi['identify']
  declare logout: PageApi['logout']

  static {
    this.inboxes = new Map()
    for (const name of ['prefill', 'setPage', 'identify', 'logout'] as const)
      this.prototype[name] = function (this: ParleyChat, ...args: unknown[]) {
        const asked = this.#ask(name, ...args)
        // the others can wait
        if (/identify|logout/.test(name)) this.on('ready', () => void this.#load())
        return asked
      } as never
  }

  #heard = new Map<Listener, (event: Event) => void>()
  #sheet = new CSSStyleSheet()
  #launcher = buildLauncher()
  #dialog = build('dialog', { part: 'panel' })
  #section = build('section', {}, this.#launcher.button, this.#dialog)
  /** Not before somebody is about to open it. */
  #shell!: Shell | null
  #inbox!: ShownInbox | null
  #texts!: LauncherTexts
  #unread!: number
  #panel!: ParleyPanel | null
  #loading!: Promise<void> | null
  /** What is asked of the panel before it is there waits for this. */
  #arrival!: Promise<ParleyPanel>
  #arrive!: (panel: ParleyPanel) => void
  /** Whether the dialog was last told to be open. */
  #isShown!: boolean

  constructor() {
    super()
    this.#end()
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [this.#sheet]
    const { button } = this.#launcher
    button.onclick = () => this.toggle()
    button.onpointerenter = button.onfocus = () => void this.#load()
    // a phone's way back closes it too
    this.#dialog.onclose = () => this.#dialog.open || this.close()
    this.#section.onkeydown = ({ key }) => {
      if (key === 'Escape') this.close()
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
  startConversation(text?: string): void {
    void this.#ask('startConversation', text)
    this.open()
  }
  setLocale(tag: string): void {
    this.locale = tag
  }
  setTheme(theme: 'auto' | 'light' | 'dark'): void {
    this.theme = theme
  }
  on(type: string, listener: Listener, options?: { signal?: AbortSignal }): () => void {
    const hear = this.#heard.get(listener) ?? ((event) => listener((event as CustomEvent).detail))
    this.#heard.set(listener, hear)
    // a target of its own: nobody else is told again, and what a listener throws goes where all events' errors go
    const now = new EventTarget()
    for (const target of [this, now]) target.addEventListener('parley-' + type, hear, options)
    if ([this.#inbox && 'ready', 'unread', this.#isShown ? 'open' : 'close'].includes(type))
      this.#tell(type, { unread: this.#unread }[type], now)
    return () => this.off(type, listener)
  }
  off(type: string, listener: Listener): void {
    this.removeEventListener('parley-' + type, this.#heard.get(listener)!)
  }
  shutdown(): void {
    this.remove()
    this.#end()
    stopDriving(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    driveFromPage(this)
    // a modal dialog that was moved is above nothing any more
    this.#dialog.open = this.#isShown = false
    if (this.#inbox) this.#applyOpen()
    else void this.#settle()
  }

  disconnectedCallback(): void {
    // an element that is only moved is back before this runs
    queueMicrotask(() => this.isConnected || this.shutdown())
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return
    if (name === 'locale' && this.#loading) void this.#ask('setLocale', now)
    else if (/inbox|server|locale/.test(name)) this.#renew()
    else if (this.#inbox) {
      this.#dress()
      this.#applyOpen()
    }
  }

  protected unset(name: AttributeName): string {
    const [inbox] = ParleyChat.inboxes.keys()
    const { settings, locale } = this.#inbox ?? {}
    const { origin: server } = ParleyChat
    const known = { position: 'right', ...settings, label: settings?.launcherLabel, locale, inbox, server }
    return (known as Partial<Record<AttributeName, string>>)[name] ?? ''
  }

  /** Learns what the inbox looks like and says, from the script itself or by asking once, and shows the launcher. */
  async #settle(): Promise<void> {
    const { inbox: key, server, locale } = this
    const arrival = this.#arrival
    if (this.#inbox || !key) return
    const served = ParleyChat.inboxes.get(key)
    const inbox =
      served?.texts && (!locale || locale === served.locale)
        ? served
        : await (await ParleyChat.loadInbox()).fetchInbox(server, key, locale)
    if (!inbox || this.#inbox || this.#arrival !== arrival) return
    this.#inbox = inbox
    this.#texts = inbox.texts!
    this.#section.ariaLabel = this.#dialog.ariaLabel = inbox.settings.title
    this.#dress()
    this.shadowRoot!.append(this.#section)
    this.#tell('ready')
    this.#applyOpen()
    try {
      const badge = localStorage[`parley:${key}:badge`]
      if (!badge) return
      const { unread, isLive } = await (await fetch(badge)).json()
      if (this.#panel || this.#arrival !== arrival) return
      if (unread) this.#hear('unread', unread)
      // in the middle of a conversation one is told what comes, without touching anything
      if (isLive)
        setTimeout(() => {
          if (this.#arrival !== arrival) return
          void this.#ask('connect')
          void this.#load()
        }, IDLE_MS)
    } catch {
      // a page may forbid storage, and a badge is not worth a word
    }
  }

  #applyOpen(): void {
    const { isOpen, mode } = this
    if (isOpen === this.#isShown) return
    this.#isShown = isOpen
    const hadFocus = this.#dialog.matches(':focus-within')
    if (!isOpen) this.#dialog.close()
    // on a phone nothing behind the panel may have the focus
    else if (!mode && matchMedia(PHONE).matches) this.#dialog.showModal()
    else this.#dialog.open = true
    this.#label()
    if (isOpen) void this.#load()
    if (this.#panel) this.#panel.isOpen = isOpen
    // what is always open is not what one came for
    if (isOpen && !mode) this.#focus()
    else if (hadFocus) this.#launcher.button.focus()
    this.#tell(isOpen ? 'open' : 'close')
  }

  /** Puts the panel in the shell's place, with what was typed there; where its chunk does not load, the shell offers to try again. */
  #load(): Promise<void> {
    if (!this.#shell) {
      const retry = () => {
        this.#focus()
        void this.#load()
      }
      this.#shell = buildShell(this.#inbox!.settings.title, this.#texts, () => this.close(), retry)
      this.#dialog.replaceChildren(this.#shell.root)
    }
    const arrival = this.#arrival
    const isOver = () => this.#arrival !== arrival
    return (this.#loading ??= ParleyChat.loadPanel().then(
      async ({ createPanel }) => {
        if (isOver()) return
        const tell: Tell = (type, detail) => this.#hear(type, detail)
        const panel = await createPanel(this, { ...this.#shell!, inbox: this.#inbox!, tell })
        if (isOver()) return panel.end()
        this.#panel = panel
        panel.isOpen = this.isOpen
        this.#arrive(panel)
      },
      () => {
        if (isOver()) return
        this.#loading = null
        this.#shell!.again.textContent = this.#texts.open
      },
    ))
  }

  #hear(type: Parameters<Tell>[0], detail?: unknown): void {
    if (type === 'close') return this.close()
    if (type === 'logout') return this.#renew()
    if (type === 'texts') this.#texts = detail as LauncherTexts
    if (type === 'unread') this.#unread = detail as number
    this.#label()
    this.#tell(type, detail)
  }

  #focus(): void {
    ;(this.#panel ?? this.#shell!.field).focus()
  }

  #label(): void {
    const { button, badge, words } = this.#launcher
    const { isOpen, label } = this
    const unread = !isOpen && this.#unread
    button.ariaExpanded = `${isOpen}`
    button.ariaLabel = isOpen
      ? this.#texts.close
      : (label || this.#texts.open) + (unread ? `, ${this.#texts.unread}: ${unread}` : '')
    badge.textContent = (unread || '') as string
    words.textContent = isOpen ? '' : label
  }

  #dress(): void {
    const { offsetX = 20, offsetY = 20 } = this.#inbox!.settings
    this.#sheet.replaceSync(
      `${loaderStyles}:host{color-scheme:${(this.theme || 'auto').replace('auto', 'inherit')}!important;--parley-color:${this.color};--parley-offset-x:${offsetX}px;--parley-offset-y:${offsetY}px}`,
    )
    this.#section.className = this.position
    this.#label()
  }

  /** What fails is told by `error`, so nobody has to wait for it. */
  #ask(name: PageAsk, ...args: unknown[]): Promise<unknown> {
    const asked = this.#arrival.then((panel) => panel.ask(name, args))
    asked.catch((error) => this.#tell('error', error))
    return asked
  }

  #tell(type: string, detail?: unknown, target: EventTarget = this): void {
    target.dispatchEvent(new CustomEvent('parley-' + type, { detail, bubbles: true, composed: true }))
  }

  #renew(): void {
    this.#end()
    void this.#settle()
  }

  #end(): void {
    this.#panel?.end()
    this.#section.remove()
    this.#dialog.removeAttribute('open')
    this.#inbox = this.#panel = this.#shell = this.#loading = null
    this.#isShown = false
    this.#unread = 0
    this.#arrival = new Promise((arrive) => (this.#arrive = arrive))
  }
}
