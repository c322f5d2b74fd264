import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import { type Plugin, rollup } from 'rollup'
import { compile } from 'svelte/compiler'
import ts from 'typescript'
import { compileScript, parse } from 'vue/compiler-sfc'
import { loopbackSite, type Site } from './loopback-site.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(join(root, 'package.json'))
const tsconfig = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { compilerOptions: object }
const { options } = ts.convertCompilerOptionsFromJson(tsconfig.compilerOptions, root)

/** What an application's bundler does: the package by its name, each framework by its own compiler. */
const application: Plugin = {
  name: 'application',
  resolveId(id, importer) {
    if (/^parley-chat(\/|$)/.test(id)) return require.resolve(id)
    if (!id.startsWith('.') || !importer) return null
    const written = ['.ts', '.tsx'].map((end) => join(importer, '..', id.replace(/\.js$/, end)))
    return written.find((path) => (path.endsWith('.ts') || path.endsWith('.tsx') ? existsSync(path) : false)) ?? null
  },
  transform(code, id) {
    let made = code.replaceAll('process.env.NODE_ENV', '"production"')
    if (id.endsWith('.svelte')) made = compile(made, { generate: 'client' }).js.code
    if (id.endsWith('.vue')) made = compileVue(made, id)
    if (/\.(tsx?|vue)$/.test(id))
      made = ts.transpileModule(made, { compilerOptions: options, fileName: `${id}.tsx` }).outputText
    return made === code ? null : { code: made, map: null }
  },
}

function compileVue(code: string, id: string): string {
  const isCustomElement = (tag: string) => tag === 'parley-chat'
  const { descriptor } = parse(code, { filename: id })
  const templateOptions = { compilerOptions: { isCustomElement } }
  return compileScript(descriptor, { id, inlineTemplate: true, templateOptions }).content
}

/** The files of an example as its bundler would put them on a site. */
async function build(name: string): Promise<[path: string, text: string][]> {
  const page = readFileSync(join(root, 'examples', name, 'index.html'), 'utf8')
  const main = /src="\.\/(main\.tsx?)"/.exec(page)?.[1]
  const whole: [string, string] = [`/${name}/`, main ? page.replace(main, 'main.js') : page]
  if (!main) return [whole]
  const bundle = await rollup({
    input: { main: join(root, 'examples', name, main) },
    plugins: [application, resolve({ browser: true }), commonjs()],
    onwarn: (warning) => {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message)
    },
  })
  const { output } = await bundle.generate({ format: 'es' })
  await bundle.close()
  const chunks = output.flatMap((file): [string, string][] =>
    file.type === 'chunk' ? [[`/${name}/${file.fileName}`, file.code]] : [],
  )
  return [whole, ...chunks]
}

/** A site with the built examples, each in a folder of its name, that speak to this server. */
export async function examplesSite(names: string[], serverUrl: string): Promise<Site> {
  const files = new Map((await Promise.all(names.map(build))).flat())
  return loopbackSite((request, response) => {
    const text = files.get(request.url!)
    if (text === undefined) return response.writeHead(204).end()
    response.setHeader('content-type', request.url!.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(text.replaceAll('http://localhost:8787', serverUrl))
  })
}
