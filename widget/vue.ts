import type { DefineComponent } from 'vue'
import type { ParleyChatAttributes } from './element.js'

declare module 'vue' {
  interface GlobalComponents {
    'parley-chat': DefineComponent<ParleyChatAttributes>
  }
}
