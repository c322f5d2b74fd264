// What the widget costs a page, in Chromium on a processor slowed down four times, beside its bounds; ends with 1 when one
// is missed: `npm run bench:widget -- --runs N --json FILE --write`. `--write` keeps the figures in docs/.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openBrowser } from '../support/browser.js'
import { serverProcess } from '../support/server-process.js'
import { sourceServer } from '../support/source-server.js'
import { median } from './percentiles.js'
import { pictureOf } from './widget-picture.js'
import { widgetSite } from './widget-site.js'
import { misses, tableOf, type WidgetFigures, withTable } from './widget-table.js'
import { visitThreads } from './widget-threads.js'
import { visit } from './widget-visit.js'

const SLOWDOWN = 4

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, json: { type: 'string' }, write: { type: 'boolean' } },
})
const runs = Number(values.runs)

const [browser, server, stage] = await Promise.all([openBrowser(), serverProcess(), sourceServer()])
const demo = await (await fetch(server.url)).text()
const site = await widgetSite(server.url, /inbox=([\w-]+)/.exec(demo)![1]!)
const all: Record<string, number>[] = []
try {
  // the first visit also warms the server
  await visit(browser, site, server.url, SLOWDOWN)
  for (let run = 1; run <= runs; run++) {
    console.log(`run ${run} of ${runs}`)
    all.push({ ...(await visit(browser, site, server.url, SLOWDOWN)), ...(await visitThreads(browser, stage.url)) })
  }
} finally {
  await Promise.all([browser.close(), stage.close(), site.close()])
  await server.stop()
}

const names = Object.keys(all[0]!)
const measured: WidgetFigures = {
  runs,
  slowdown: SLOWDOWN,
  chromium: browser.version(),
  figures: Object.fromEntries(
    names.map((name) => [name, Number(median(all.map((figures) => figures[name]!)).toFixed(4))]),
  ),
}
const json = `${JSON.stringify(measured, null, 2)}\n`
console.log(tableOf(measured))
if (values.json) writeFileSync(values.json, json)
if (values.write) {
  writeFileSync('docs/widget.json', json)
  writeFileSync('docs/widget.md', withTable(readFileSync('docs/widget.md', 'utf8'), measured))
  writeFileSync('docs/widget-weight.svg', pictureOf(measured))
}
const missed = misses(measured)
for (const miss of missed) console.log(`missed: ${miss}`)
process.exitCode = missed.length ? 1 : 0
