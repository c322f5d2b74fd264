import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import typescript from '@rollup/plugin-typescript'
import { withoutUnreached } from './test/release/without-unreached.mjs'

const root = fileURLToPath(new URL('.', import.meta.url))
// types are checked by `npm run types`; a build only takes them away
const types = (target, options = {}) =>
  typescript({
    tsconfig: `./test/release/tsconfig.${target}.json`,
    noEmit: false,
    noCheck: true,
    filterRoot: root,
    ...options,
  })
// no minifier touches what stands in template literals: style sheets before, Lit's templates after it
const tight = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: | (?=!)/g, (found) => found.trim())
    .replace(/\b0\./g, '.')
    .replace(/;}/g, '}')
const tightStyles = {
  name: 'tight-styles',
  transform: (code, id) => (id.endsWith('.styles.ts') ? { code: tight(code), map: null } : null),
}
const tightTemplates = {
  name: 'tight-templates',
  renderChunk: (code) => ({ code: code.replace(/\n\s+/g, ' '), map: null }),
}
// of the emoji, what nothing reads: code points and sheets of pictures; for shortcodes all but names and first natives
const emojiData = {
  name: 'emoji-data',
  async resolveId(source, importer) {
    if (!source.endsWith('native.json') || !importer?.endsWith('emoji-index.ts')) return null
    return `${(await this.resolve(source, importer, { skipSelf: true })).id}?names`
  },
  load(id) {
    const [file, part] = id.split('?')
    if (!/@emoji-mart\/data\/.*\.json$/.test(file)) return null
    const text = readFileSync(file, 'utf8')
    if (file.includes('/i18n/')) return `export default ${text}`
    const { emojis, aliases } = JSON.parse(text)
    const names = Object.entries(emojis).map(([name, { skins }]) => [name, { skins: [{ native: skins[0].native }] }])
    const read = part
      ? JSON.stringify({ emojis: Object.fromEntries(names), aliases })
      : JSON.stringify(JSON.parse(text), (key, value) => (/^(unified|sheet)$/.test(key) ? undefined : value))
    return `export default JSON.parse(${JSON.stringify(read)})`
  },
}
const inBrowser = () => [
  tightStyles,
  emojiData,
  withoutUnreached,
  resolve({ browser: true, exportConditions: ['production'] }),
  commonjs(),
  types('browser'),
  terser({
    ecma: 2020,
    module: true,
    format: { comments: false },
    compress: {
      passes: 5,
      keep_fargs: false,
      // the realtime client's log, which nobody hears
      pure_funcs: ['this.log', 'this.socket.log', 'this.socketAdapter.log'],
      pure_getters: true,
      drop_console: ['log'],
      unsafe_arrows: true,
      unsafe_methods: true,
    },
    // inner names of Lit and of the realtime client, which nothing outside a chunk reads
    mangle: { properties: { regex: /^_[^_]/ } },
  }),
  tightTemplates,
]
const emptied = (folder) => ({ name: 'emptied', buildStart: () => rm(folder, { recursive: true, force: true }) })

/** Node and bundlers: every module by its own name, packages left to the installer. */
const node = {
  input: {
    'sdk/index': 'sdk/index.ts',
    'sdk/agent': 'sdk/agent.ts',
    'sdk/server': 'sdk/server.ts',
    'sdk/react/index': 'sdk/react/index.ts',
    // what TypeScript is told of the element
    'widget/element': 'widget/element.ts',
    'widget/react': 'widget/react.ts',
    'widget/vue': 'widget/vue.ts',
    'backend/index': 'backend/index.ts',
    'backend/main': 'backend/main.ts',
    'backend/cli/main': 'backend/cli/main.ts',
    'backend/db/pglite-worker': 'backend/db/pglite-worker.mjs',
  },
  external: (id) => !/^[./]/.test(id),
  output: {
    dir: 'dist/node',
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: '.',
    entryFileNames: '[name].js',
    // hooks and their provider are no server components
    banner: ({ name }) => (name.startsWith('sdk/react/') ? "'use client'" : ''),
    sourcemap: true,
  },
  plugins: [
    emptied('dist/node'),
    types('node', {
      outDir: 'dist/node',
      rootDir: root,
      declaration: true,
      declarationDir: 'dist/node',
      importHelpers: false,
    }),
    {
      // nothing but declarations is in them, which the compiler leaves out of a build
      name: 'template-types',
      generateBundle() {
        for (const name of ['react', 'vue'])
          this.emitFile({ type: 'asset', fileName: `widget/${name}.d.ts`, source: readFileSync(`widget/${name}.ts`) })
      },
    },
    { name: 'executable', writeBundle: () => chmod('dist/node/backend/cli/main.js', 0o755) },
  ],
}

/** The visitor's SDK whole, for pages without a bundler. */
const sdk = {
  input: { parley: 'sdk/index.ts' },
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist/sdk',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    manualChunks: (id) => (/\/sdk\/(acts|typing|message-acts|presence|rate)\.ts$/.test(id) ? 'acts' : 'parley'),
  },
  plugins: [emptied('dist/sdk'), ...inBrowser()],
}

// bundles have no comments, but what is in them asks to be named
const licenses = {
  name: 'licenses',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}))
    const packages = new Set(modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []))
    const texts = [...packages].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
      return `${name} ${version} (${license})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8') : ''}`
    })
    this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: texts.join(`\n${'-'.repeat(80)}\n`) })
  },
}

/** Each language a chunk of its own, in a folder named by what is in it: an address that a tag completes. */
const isLocale = (file) => /^(?!en-)[a-z]{2}(-[A-Z]{2})?(-late|-emoji)?\.ts$/.test(file)
const localeFiles = readdirSync('widget/locale').filter(isLocale).sort()
// most of what the emoji picker says is in its package
const localeSources = [
  'node_modules/@emoji-mart/data/package.json',
  ...localeFiles.map((file) => `widget/locale/${file}`),
]
const localeFolder = `locale-${localeSources
  .reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256'))
  .digest('hex')
  .slice(0, 8)}`
const localeAddress = {
  name: 'locale-address',
  transform: (code, id) =>
    /locale\/((late|emoji)-)?texts\.ts$/.test(id)
      ? { code: code.replace('`./${', `\`./${localeFolder}/\${`), map: null }
      : null,
}
const locales = {
  input: Object.fromEntries(localeFiles.map((file) => [file.slice(0, -3), `widget/locale/${file}`])),
  output: { dir: `dist/widget/${localeFolder}`, format: 'es', entryFileNames: '[name].js' },
  plugins: [
    ...inBrowser(),
    {
      name: 'launcher-texts',
      async writeBundle({ dir }, bundle) {
        const texts = {}
        for (const name in bundle)
          if (!/-(late|emoji)\./.test(name))
            texts[name.slice(0, -3)] = (await import(`./${dir}/${name}`)).texts.launcher
        writeFileSync('dist/widget/launcher-texts.json', JSON.stringify(texts))
      },
    },
  ],
}

/** What the loader fetches on intent; the hash in each name lets a browser keep it for ever. */
const entryFiles = {}
const panel = {
  input: { panel: 'widget/panel.ts', 'fetch-inbox': 'widget/fetch-inbox.ts' },
  // else the entry becomes a file of its own that only names the other, one more request
  preserveEntrySignatures: 'allow-extension',
  output: { dir: 'dist/widget', format: 'es', entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
  plugins: [
    emptied('dist/widget'),
    licenses,
    localeAddress,
    ...inBrowser(),
    {
      name: 'entry-names',
      generateBundle(_options, bundle) {
        for (const { isEntry, name, fileName } of Object.values(bundle))
          if (isEntry) entryFiles[`./${name}.js`] = fileName
      },
    },
  ],
}

/** The script tag: a classic script, so an import is relative to nothing; it resolves against its own address. */
const loader = {
  input: 'widget/loader.ts',
  output: { file: 'dist/widget/widget.js', format: 'iife' },
  plugins: [
    {
      name: 'entry-addresses',
      resolveDynamicImport: (specifier) => ({ id: `./widget/${entryFiles[specifier]}`, external: true }),
      renderDynamicImport: () => ({ left: 'import(new URL(', right: ', scriptAddress).href)' }),
    },
    ...inBrowser(),
  ],
}

/** The console page names its script by hash; the page itself is never kept. */
const console_ = {
  input: { console: 'examples/console/main.ts' },
  preserveEntrySignatures: 'allow-extension',
  output: { dir: 'dist/console', format: 'es', entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
  plugins: [
    emptied('dist/console'),
    ...inBrowser(),
    {
      name: 'page',
      generateBundle(_options, bundle) {
        const style = readFileSync('examples/console/page.css')
        const styleFile = `page-${createHash('sha256').update(style).digest('hex').slice(0, 8)}.css`
        const entry = Object.values(bundle).find((chunk) => chunk.isEntry).fileName
        const page = readFileSync('examples/console/index.html', 'utf8')
        this.emitFile({ type: 'asset', fileName: styleFile, source: style })
        this.emitFile({
          type: 'asset',
          fileName: 'index.html',
          source: page.replace('./main.ts', `/console/${entry}`).replace('./page.css', `/console/${styleFile}`),
        })
      },
    },
  ],
}

export default [node, sdk, panel, locales, loader, console_]
