import { html, type TemplateResult } from 'lit'
import * as paths from './icon-paths.js'

export function icon(name: keyof typeof paths): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]}></path></svg>`
}
