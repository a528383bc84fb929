import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import { openSealed, sealBytes } from '../numerics/sealed-bytes.ts'
import { writeFiles } from './files.ts'
import type { RunningProcess } from './running-process.ts'

z.config({ jitless: true })

const magic = 'theoryscape-run-1\n'

/** What decides the result of a run: option (or what else it rests on) and value. */
export type RunSetup = Record<string, string | null>

/** How far a run is, in its own unit. */
export interface RunProgress {
  done: number
  total: number
  /** Such as 'step' or 'toy'. */
  unit: string
  /** Which of several parts, such as the id of a model. */
  part?: string
}

/** A run that was interrupted; what its sections hold only its command knows. */
export interface StoredRun {
  command: string
  setup: RunSetup
  progress: RunProgress | null
  /** Time it took so far. */
  seconds: number
  /** Which writes it. */
  writer: RunningProcess
  sections: Record<string, Uint8Array>
}

const headerSchema = z.object({
  command: z.string(),
  setup: z.record(z.string(), z.string().nullable()),
  progress: z
    .object({
      done: z.number().nonnegative(),
      total: z.number().positive(),
      unit: z.string(),
      part: z.string().optional(),
    })
    .nullable(),
  seconds: z.number().nonnegative(),
  writer: z.object({ pid: z.number().int().positive(), began: z.string().nullable() }),
  sections: z.array(z.tuple([z.string(), z.number().int().nonnegative()])).max(10_000),
})

export function storedRunToBytes({ sections, ...rest }: StoredRun): Promise<Uint8Array<ArrayBuffer>> {
  const lengths = Object.entries(sections).map(([name, bytes]) => [name, bytes.length])
  return sealBytes(magic, { ...rest, sections: lengths }, Object.values(sections))
}

/** @throws AppError 'data/corrupt' where bytes are missing, altered or of another format */
export async function storedRunFromBytes(bytes: Uint8Array, path: string): Promise<StoredRun> {
  const cure = `Remove ${path} and start anew.`
  const { header, body } = await openSealed(magic, bytes, { code: 'data/corrupt', cure })
  const parsed = headerSchema.safeParse(header)
  if (!parsed.success)
    throw new AppError('data/corrupt', `The checkpoint's header is not as expected. ${cure}`)
  const { sections: lengths, ...rest } = parsed.data
  const expected = lengths.reduce((sum, [, length]) => sum + length, 0)
  if (expected !== body.length)
    throw new AppError(
      'data/corrupt',
      `The checkpoint's parts have ${body.length} bytes, its header says ${expected}. ${cure}`,
    )
  let at = 0
  const sections = Object.fromEntries(
    lengths.map(([name, length]) => [name, body.slice(at, (at += length))] as const),
  )
  return { ...rest, sections }
}

export async function readStoredRun(path: string): Promise<StoredRun | null> {
  return existsSync(path) ? storedRunFromBytes(new Uint8Array(readFileSync(path)), path) : null
}

/** A killed run leaves the checkpoint before or this one, never a half. */
export async function writeStoredRun(path: string, run: StoredRun): Promise<void> {
  writeFiles(dirname(path), [{ name: basename(path), bytes: await storedRunToBytes(run) }])
}

export function removeStoredRun(path: string): void {
  for (const file of [path, `${path}.part`]) rmSync(file, { force: true })
}

/** @throws AppError 'data/mismatch' naming the first option that differs, with both values */
export function checkSameRun(
  stored: StoredRun,
  now: Pick<StoredRun, 'command' | 'setup'>,
  path: string,
): void {
  const refuse = (what: string, before: string | null, given: string | null): never => {
    const shown = (value: string | null): string => (value === null ? 'nothing' : value.slice(0, 100))
    throw new AppError(
      'data/mismatch',
      `The checkpoint ${path} was made with ${what} ${shown(before)}, this run has ${shown(given)}. Give it as it was, or remove the file to start anew.`,
      { what, stored: before, now: given },
    )
  }
  if (stored.command !== now.command) refuse('the command', stored.command, now.command)
  const names = new Set([...Object.keys(stored.setup), ...Object.keys(now.setup)])
  for (const name of names) {
    const [before, given] = [stored.setup[name] ?? null, now.setup[name] ?? null]
    if (before !== given) refuse(name, before, given)
  }
}
