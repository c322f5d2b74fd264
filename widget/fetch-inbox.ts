import type { ShownInbox } from '../sdk/index.js'

/** Settings of an inbox that did not come with the script; null and a word to whoever built the page when there are none. */
export async function fetchInbox(server: string, key: string, locale: string): Promise<ShownInbox | null> {
  let reason = 'the server does not answer'
  try {
    const answer = await fetch(
      `${server}/v1/inboxes/${encodeURIComponent(key)}/settings${locale && `?locale=${locale}`}`,
    )
    reason = `the server answered ${answer.status}`
    if (answer.ok) {
      const shown = (await answer.json()) as ShownInbox
      if (shown.texts) return shown
      reason = 'the server has no build of the widget'
    }
  } catch {
    // told below
  }
  console.error(`Parley: unable to show the chat; ${reason}`)
  return null
}
