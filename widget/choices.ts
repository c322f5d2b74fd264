import { keep, kept, placeOf } from './site-storage.js'

/** What the visitor chose for this device and site; it lasts where there is a storage. */
export interface Choice {
  get(): boolean | null
  set(isOn: boolean): void
}

export function choice(inboxKey: string, name: 'sound' | 'notify'): Choice {
  const place = placeOf(inboxKey, name)
  const before = kept(place)
  let chosen = before === null ? null : before === 'on'
  return {
    get: () => chosen,
    set(isOn) {
      chosen = isOn
      keep(place, isOn ? 'on' : 'off')
    },
  }
}
