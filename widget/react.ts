import type { ParleyChatAttributes, ParleyChatElement } from './element.js'

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- React declares it as one
  namespace JSX {
    interface IntrinsicElements {
      'parley-chat': ParleyChatAttributes &
        Omit<HTMLAttributes<ParleyChatElement>, keyof ParleyChatAttributes> &
        ClassAttributes<ParleyChatElement>
    }
  }
}
