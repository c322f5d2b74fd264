import type { ParleyChat } from '../../widget/parley-chat.js'
import { find, findAll, until } from './ground.js'

export type Page = Window & typeof globalThis

let frame: HTMLIFrameElement | null = null

/** A site's page of its own, so that every test defines the element anew. */
export async function visit(): Promise<Page> {
  frame = document.createElement('iframe')
  frame.src = '/test/widget/host.html'
  const loaded = new Promise((resolve) => frame!.addEventListener('load', resolve))
  frame.width = '900'
  frame.height = '700'
  document.body.append(frame)
  await loaded
  return frame.contentWindow as Page
}

export function tag(page: Page, inbox: string): Promise<Event> {
  const script = page.document.createElement('script')
  script.type = 'module'
  script.src = `/widget/loader.ts?inbox=${inbox}`
  const loaded = new Promise<Event>((resolve) => script.addEventListener('load', resolve))
  page.document.head.append(script)
  return loaded
}

export const chats = (page: Page) => [...page.document.querySelectorAll<ParleyChat>('parley-chat')]
export const launcher = (page: Page) =>
  until(() => chats(page)[0]?.shadowRoot!.querySelector<HTMLElement>('section > button'))
export const requests = (page: Page) =>
  page.performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
export const dialog = (page: Page) => find(chats(page)[0]!, 'dialog') as HTMLDialogElement
export const composer = (page: Page) => {
  const [field] = findAll(chats(page)[0]!, 'form textarea')
  return field as HTMLTextAreaElement | undefined
}

/** Takes the site away. */
export const leave = () => frame?.remove()

export function resize(width: number, height = 700): void {
  Object.assign(frame!, { width, height })
}
