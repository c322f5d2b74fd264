const NAMES = ['inbox', 'server', 'position', 'color', 'theme', 'label', 'mode', 'locale'] as const
export type AttributeName = (typeof NAMES)[number]

/** An element whose attributes are properties too, also where they were set before it was defined. */
export abstract class AttributeElement extends HTMLElement {
  static observedAttributes = ['open', ...NAMES]

  /** The inbox's public key. */
  declare inbox: string
  /** Origin of the server; where the script came from, unless given. `none` shows a chat to look at, which connects to nothing. */
  declare server: string
  /** `right` is where lines end, `left` where they begin. */
  declare position: 'left' | 'right'
  /** Colour of launcher, header and own messages, in any notation of CSS. */
  declare color: string
  /** `auto` is as the page has it: by its `color-scheme`, which is light where the page says nothing. */
  declare theme: 'auto' | 'light' | 'dark'
  /** Words beside the launcher's icon. */
  declare label: string
  /** `inline` fills its container in the page's flow, `full` the window; both are always open and have no launcher. */
  declare mode: '' | 'inline' | 'full'
  /** Language of the chat, as `de` or `pt-BR`; without it the inbox's, which may be the visitor's. */
  declare locale: string

  static {
    for (const name of NAMES)
      Object.defineProperty(this.prototype, name, {
        get(this: AttributeElement) {
          return this.getAttribute(name) ?? this.unset(name)
        },
        set(this: AttributeElement, value: string) {
          this.setAttribute(name, value)
        },
      })
  }

  /** The attribute is `open`, which is a method here. */
  get isOpen(): boolean {
    return this.hasAttribute('open') || !!this.mode
  }
  set isOpen(open: boolean) {
    this.toggleAttribute('open', open)
  }

  /** What a property is while its attribute is not there. */
  protected abstract unset(name: AttributeName): string

  /** A property set before the element was defined hides its accessor; this hands its value over. */
  connectedCallback(): void {
    for (const [name, early] of Object.entries(this)) {
      delete this[name as AttributeName]
      this[name as AttributeName] = early as never
    }
  }
}
