/** Does what it is given within `ms`, all of it by one timer. */
export function together(ms: number): (work: () => void) => void {
  const works: (() => void)[] = []
  const doAll = () => {
    for (const work of works.splice(0)) work()
  }
  return (work) => {
    if (works.push(work) === 1) setTimeout(doAll, ms).unref()
  }
}
