/** Figures by name, as `docs/widget.json` keeps them: the median of each over all runs. */
export interface WidgetFigures {
  runs: number
  slowdown: number
  chromium: string
  figures: Record<string, number>
}

export interface Line {
  name: string
  what: string
  unit: 'kB' | 'ms' | 'MB' | ''
  /** The most that is allowed; absent where nothing is promised. */
  bound?: number
}

const threadLines = (size: number): Line[] => {
  const of = `, thread of ${size.toLocaleString('en')}`
  return [
    // what DESIGN promises of ten thousand messages holds for fewer too
    { name: `open${size}Ms`, what: `from the choice to the newest message on the screen${of}`, unit: 'ms', bound: 60 },
    { name: `nodes${size}`, what: `elements in the whole widget${of}`, unit: '', bound: 400 },
    { name: `heap${size}Mb`, what: `JS heap over that of the messages themselves${of}`, unit: 'MB' },
    { name: `append${size}Ms`, what: `one more message, until it is laid out${of}`, unit: 'ms', bound: 8 },
    { name: `frame${size}Ms`, what: `frame while scrolling, p95${of}`, unit: 'ms', bound: 17 },
  ]
}

export const lines: Line[] = [
  { name: 'closedRequests', what: 'requests, closed', unit: '', bound: 1 },
  { name: 'closedKb', what: 'script and style, closed', unit: 'kB', bound: 4 },
  { name: 'launcherMs', what: 'from the tag to the launcher on the screen', unit: 'ms', bound: 150 },
  { name: 'closedLongTasks', what: 'tasks over 50 ms, closed', unit: '', bound: 0 },
  { name: 'closedBlockingMs', what: 'blocking time, closed', unit: 'ms', bound: 0 },
  { name: 'closedHeapMb', what: 'JS heap, closed', unit: 'MB', bound: 0.15 },
  { name: 'shift', what: 'layout shift', unit: '', bound: 0 },
  { name: 'hostNodes', what: "elements in the page's own DOM", unit: '', bound: 3 },
  { name: 'traces', what: 'cookies, stored items, iframes, web fonts, third hosts, closed', unit: '', bound: 0 },
  { name: 'openRequests', what: 'requests for script and style, open', unit: '', bound: 3 },
  { name: 'openKb', what: 'script and style until one can type and send', unit: 'kB', bound: 25 },
  { name: 'usableMs', what: 'from the click to a composer one can type in, fetched on hover', unit: 'ms', bound: 100 },
  { name: 'openBlockingMs', what: 'blocking time of the click', unit: 'ms' },
  { name: 'openHeapMb', what: 'JS heap, open', unit: 'MB', bound: 0.6 },
  { name: 'liveKb', what: 'script and style, live', unit: 'kB', bound: 45 },
  { name: 'allKb', what: 'script and style with all that comes late by itself', unit: 'kB' },
  { name: 'liveRequests', what: 'requests for script and style with all that comes late by itself', unit: '' },
  { name: 'liveHeapMb', what: 'JS heap, live, with all that comes late by itself', unit: 'MB' },
  {
    name: 'returningRequests',
    what: 'requests of somebody who comes back, closed: script and badge',
    unit: '',
    bound: 2,
  },
  ...[1_000, 10_000].flatMap(threadLines),
  { name: 'plainFrameMs', what: 'frame of a plain list on this machine, p95', unit: 'ms' },
]

const digits = { kB: 2, ms: 1, MB: 2, '': 3 }
export const written = (value: number, unit: Line['unit']) => `${Number(value.toFixed(digits[unit]))} ${unit}`.trim()

export const misses = ({ figures }: WidgetFigures): string[] =>
  lines
    .filter(({ name, bound }) => bound !== undefined && !(figures[name]! <= bound))
    .map(({ name, what, unit, bound }) => `${what}: ${written(figures[name]!, unit)}, allowed ${written(bound!, unit)}`)

/** Each figure beside its bound, as Markdown. */
export function tableOf({ figures }: WidgetFigures): string {
  const rows = lines.map(({ name, what, unit, bound }) => {
    const value = figures[name]!
    const verdict =
      bound === undefined ? ['', ''] : [`<= ${written(bound, unit)}`, value <= bound ? 'met' : '**missed**']
    return `| ${[what, written(value, unit), ...verdict].join(' | ')} |`
  })
  return ['| what | measured | bound | |', '|---|---|---|---|', ...rows].join('\n')
}

const MARKS = /<!-- figures: npm run bench:widget -->\n[^]*<!-- end -->/

/** The page with the table of these figures, and how they were taken. */
export function withTable(page: string, measured: WidgetFigures): string {
  const how = `Chromium ${measured.chromium}, processor slowed down ${measured.slowdown} times (threads: as it is), median of ${measured.runs}.`
  return page.replace(
    MARKS,
    () => `<!-- figures: npm run bench:widget -->\n\n${how}\n\n${tableOf(measured)}\n\n<!-- end -->`,
  )
}
