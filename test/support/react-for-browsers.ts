import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import * as react from 'react'
import * as reactDom from 'react-dom/client'
import { rollup } from 'rollup'

// read before the runner takes the console's place, in which React's development form wants more than it has
const EXPORTS = { react: Object.keys(react), 'react-dom/client': Object.keys(reactDom) }
const DOORS = Object.keys(EXPORTS)
const PLACE = '/react-for-browsers/'

/** React comes as CommonJS: bundled once, in its development form, when a test first asks for it. */
export function reactForBrowsers() {
  let bundling: Promise<Map<string, string>> | null = null
  return {
    name: 'react-for-browsers',
    resolveImport: ({ source }: { source: string }) =>
      DOORS.includes(source) ? `${PLACE}${source.replace('/', '-')}.js` : undefined,
    async serve({ path }: { path: string }) {
      if (!path.startsWith(PLACE)) return
      const body = (await (bundling ??= bundle())).get(path.slice(PLACE.length))
      if (body) return { body, type: 'js' }
    },
  }
}

async function bundle(): Promise<Map<string, string>> {
  const doors = new Map(
    Object.entries(EXPORTS).map(([name, exported]) => {
      const names = exported.filter((key) => /^[a-z]\w*$/i.test(key) && key !== 'default')
      return [`door:${name}`, `export { ${names.join(', ')} } from '${name}'`]
    }),
  )
  const build = await rollup({
    input: Object.fromEntries(DOORS.map((name) => [name.replace('/', '-'), `door:${name}`])),
    plugins: [
      {
        name: 'doors',
        resolveId: (id) => (id.startsWith('door:') ? id : null),
        load: (id) => doors.get(id) ?? null,
        transform: (code) => ({ code: code.replaceAll('process.env.NODE_ENV', '"development"'), map: null }),
      },
      resolve({ browser: true }),
      commonjs(),
    ],
  })
  const { output } = await build.generate({ format: 'es' })
  await build.close()
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])))
}
