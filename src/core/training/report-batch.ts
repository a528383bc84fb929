/** Reports that wait to be taken in together. */
export interface ReportBatch<R> {
  /** Takes the report in, with those before it: at once where it is urgent, else with the next batch. */
  add(report: R, urgent: boolean): void
  /** Takes in what waits. */
  flush(): void
}

/**
 * Takes reports in as often as a person could see a difference. Small networks report a thousand steps a second; were
 * each a change of its own, all that shows the training would look at each, and the page fall behind its worker.
 *
 * The clock is read at each report: a timer alone would wait behind the reports of a busy worker.
 */
export function createReportBatch<R>(take: (reports: readonly R[]) => void, intervalMs = 50): ReportBatch<R> {
  let waiting: R[] = []
  let last = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const reports = waiting
    waiting = []
    take(reports)
  }

  function flushInTurn(): void {
    last = performance.now()
    flush()
  }

  return {
    add(report, urgent) {
      waiting.push(report)
      if (urgent) flush()
      else if (performance.now() - last >= intervalMs) flushInTurn()
      else timer ??= setTimeout(flushInTurn, intervalMs)
    },
    flush,
  }
}
