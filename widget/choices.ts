/** What the visitor chose for this device and site; it lasts where there is a storage. */
export interface Choice {
  get(): boolean | null
  set(isOn: boolean): void
}

export function choice(inboxKey: string, name: 'sound' | 'notify'): Choice {
  const place = `parley:${inboxKey}:${name}`
  let chosen: boolean | null = null
  try {
    const kept = localStorage.getItem(place)
    chosen = kept === null ? null : kept === 'on'
  } catch {
    // a page may forbid it
  }
  return {
    get: () => chosen,
    set(isOn) {
      chosen = isOn
      try {
        localStorage.setItem(place, isOn ? 'on' : 'off')
      } catch {
        // it lasts for this page, then
      }
    },
  }
}
