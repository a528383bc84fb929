import type { ReactElement } from 'react'
import type { FitJobs } from '../studies/top-pair/analysis/fit/fit-jobs.ts'
import type { FitIntent } from '../studies/top-pair/intent.ts'
import { openTopPair } from '../studies/top-pair/open.ts'
import { topPair } from '../studies/top-pair/study.ts'
import { acting, drawPart } from './drawn-parts.tsx'
import { smallAnswers } from './small-fit-answers.ts'
import { smallTopPair, type AskedJob } from './small-top-pair.ts'
import { eventually } from './patience.ts'

/** A part of the view of Fit over jobs that the test does itself. */
export function drawnFit(part: ReactElement, patch: Partial<FitIntent> = {}) {
  const page = smallTopPair(patch)
  const handle = openTopPair(page.context)
  const drawn = drawPart(part, page, topPair, handle)
  const answered = new Set<unknown>()

  /** The newest job of a name, once it has been asked for. */
  const asked = <K extends keyof FitJobs>(job: K): Promise<AskedJob<K>> =>
    eventually(() => {
      const found = page.fit.newest(job)
      if (answered.has(found)) throw new Error(`the newest ${job} has been answered`)
      return found
    })

  /** Answers the newest job of a name. */
  async function answer<K extends keyof FitJobs>(job: K): Promise<void> {
    const found = await asked(job)
    answered.add(found)
    // The table's entry and the job are of one name: what the compiler cannot see through the index.
    const value = (smallAnswers[job] as (request: FitJobs[K]['request']) => FitJobs[K]['result'])(
      found.request,
    )
    await acting(() => found.finish(value))
  }

  /** Answers what is asked until nothing is under way. */
  async function answerAll(): Promise<void> {
    for (let at = 0; at < 100; at++) {
      const open = page.fit.asked.find((job) => !job.cancelled && !answered.has(job))
      if (!open) {
        await acting(() => undefined)
        if (page.fit.asked.every((job) => job.cancelled || answered.has(job))) return
        continue
      }
      answered.add(open)
      const value = (smallAnswers[open.job] as (request: unknown) => never)(open.request)
      await acting(() => open.finish(value))
    }
    throw new Error('jobs are asked for without end')
  }

  return { ...page, ...drawn, handle, asked, answer, answerAll, state: () => page.store.getState() }
}
