import type { AttributeElement } from './attributes.js'
import type { PageApi } from './page-api.js'

/** `<parley-chat>` on a page. */
export type ParleyChatElement = AttributeElement & PageApi

/** What a template may say of it. `open` is left out: a framework that sets properties would write over the method. */
export type ParleyChatAttributes = Partial<Omit<AttributeElement, keyof HTMLElement | 'isOpen'>>

declare global {
  interface HTMLElementTagNameMap {
    'parley-chat': ParleyChatElement
  }
}
