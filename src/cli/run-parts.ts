import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { ResumableRun, Sections } from './resumable-run.ts'

const finishedSchema = z.array(z.object({ part: z.string(), seconds: z.number(), result: z.unknown() }))

type Finished = z.infer<typeof finishedSchema>

/** Section with the parts that are finished, beside those of the part that is not. */
const listed = 'finished-parts'

/**
 * Work in parts, one after the other: those that an interrupted run had finished are not done again.
 *
 * @param whole  whether what a finished part wrote is still there
 * @returns      the parts' results, as JSON keeps them
 */
export async function runParts<P extends { id: string }>(
  run: ResumableRun,
  parts: readonly P[],
  whole: (part: P) => boolean,
  work: (part: P, own: ResumableRun) => Promise<unknown>,
): Promise<unknown[]> {
  const finished = finishedFrom(run.stored).filter(({ part }) =>
    parts.some((known) => known.id === part && whole(known)),
  )
  let interrupted: Sections = Object.fromEntries(
    Object.entries(run.stored).filter(([name]) => name !== listed),
  )
  for (const part of parts) {
    if (finished.some((done) => done.part === part.id)) continue
    const list = new TextEncoder().encode(JSON.stringify(finished))
    const before = finished.reduce((sum, { seconds }) => sum + seconds, 0)
    const seconds = () => run.seconds() - before
    const result = await work(part, {
      stored: interrupted,
      seconds,
      step: (progress, sections) =>
        run.step(
          { ...progress, part: progress.part === undefined ? part.id : `${part.id}, ${progress.part}` },
          sections && (async () => ({ ...(await sections()), [listed]: list })),
        ),
    })
    finished.push({ part: part.id, seconds: seconds(), result })
    interrupted = {}
  }
  return parts.map(({ id }) => finished.find(({ part }) => part === id)!.result)
}

function finishedFrom(stored: Readonly<Sections>): Finished {
  if (!Object.hasOwn(stored, listed)) return []
  try {
    return finishedSchema.parse(JSON.parse(new TextDecoder().decode(stored[listed])))
  } catch {
    throw new AppError(
      'data/corrupt',
      'The list of finished parts cannot be read. Remove the checkpoint and start anew.',
    )
  }
}
