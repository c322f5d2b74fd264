// Writes what the element promises for editors and catalogues: `npm run manifest`.
import { writeFileSync } from 'node:fs'
import { customElements } from './custom-elements.js'

writeFileSync(new URL('../../custom-elements.json', import.meta.url), `${JSON.stringify(customElements(), null, 2)}\n`)
