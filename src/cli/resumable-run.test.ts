import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { parseOptions } from './arguments.ts'
import { checkFolderContent } from './check-folder-content.ts'
import { readStoredRun, storedRunFromBytes, storedRunToBytes, type StoredRun } from './checkpoint-file.ts'
import { lineToGoOn } from './line-to-go-on.ts'
import type { OptionTable } from './options/option.ts'
import { createProgressLines, progressLine } from './progress-lines.ts'
import { resumable, resumeOptions, type ResumableRun } from './resumable-run.ts'
import { runParts } from './run-parts.ts'
import { stillRuns, thisProcess } from './running-process.ts'

let folder: string
const folders: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'resumable-'))
  folders.push(folder)
})
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })))

const quiet: (line: string) => void = () => undefined
const table = {
  seed: { kind: 'number', min: 0, max: 9, default: '1', help: 'of the numbers' },
  out: { kind: 'output', what: 'folder', help: 'where they are written' },
  ...resumeOptions,
} as const satisfies OptionTable
const typed = (more: Record<string, string> = {}) => {
  const given = { out: join(folder, 'made'), 'checkpoint-every': '0', ...more }
  const argv = Object.entries(given).map(([name, value]) =>
    name === 'resume' ? '--resume' : `--${name}=${value}`,
  )
  const { values: options, texts } = parseOptions(table, argv)
  return { options, texts }
}

/** Counts to ten and fails where it is told to, as if the process ended there. */
async function count(run: ResumableRun, failAt = Infinity): Promise<number[]> {
  const counted = Array.from(run.stored.counted ?? [])
  while (counted.length < 10) {
    if (counted.length >= failAt) throw new Error('killed')
    counted.push(counted.length)
    await run.step({ done: counted.length, total: 10, unit: 'number' }, () => ({
      counted: Uint8Array.from(counted),
    }))
  }
  return counted
}
const start = (more: Record<string, string> = {}, failAt?: number, log = quiet, rests = {}) =>
  resumable({ command: 'count', ...typed(more), rests }, log, (run) => count(run, failAt))

describe('a run with a checkpoint', () => {
  it('goes on where it ended, and leaves nothing behind', async () => {
    await expect(start({}, 6)).rejects.toThrow('killed')
    const lines: string[] = []
    expect(await start({ resume: 'true' }, undefined, (line) => lines.push(line))).toHaveLength(10)
    expect(lines[0]).toBe('going on at number 6 of 10')
    expect(readdirSync(folder)).toEqual([])
  })

  it('is not overwritten by a fresh start, nor continued with other options or other data', async () => {
    await expect(start({}, 6)).rejects.toThrow('killed')
    await expect(start()).rejects.toThrow(
      /keeps an interrupted count at number 6 of 10\. Go on with --resume/,
    )
    await expect(start({ resume: 'true', seed: '2' })).rejects.toThrow(
      /was made with --seed 1, this run has 2\. Give it as it was/,
    )
    await expect(start({ resume: 'true' }, undefined, quiet, { 'the data of sha256': 'ab' })).rejects.toThrow(
      /the data of sha256 nothing, this run has ab/,
    )
    await expect(
      resumable({ command: 'add', ...typed({ resume: 'true' }), rests: {} }, quiet, count),
    ).rejects.toThrow(/the command count, this run has add/)
    // Where the files go does not matter.
    const moved = { resume: 'true', out: join(folder, 'other'), checkpoint: join(folder, 'made.checkpoint') }
    expect(await start(moved)).toHaveLength(10)
  })

  it('is refused where any bit flipped or bytes are missing', async () => {
    await expect(start({}, 6)).rejects.toThrow('killed')
    const path = join(folder, 'made.checkpoint')
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at++) {
      const damaged = Uint8Array.from(whole)
      damaged[at] ^= 1 << (at % 8)
      await expect(storedRunFromBytes(damaged, path)).rejects.toMatchObject({ code: 'data/corrupt' })
    }
    for (let length = 0; length < whole.length; length += 7)
      await expect(storedRunFromBytes(whole.subarray(0, length), path)).rejects.toMatchObject({
        code: 'data/corrupt',
      })
    writeFileSync(path, whole.subarray(0, 100))
    await expect(start({ resume: 'true' })).rejects.toThrow(/Remove .*made\.checkpoint and start anew/)
  })

  it('says where there is none, and is refused while another process writes it', async () => {
    await expect(start({ resume: 'true' })).rejects.toMatchObject({ code: 'data/not-found' })
    const path = join(folder, 'made.checkpoint')
    const parent = { pid: process.ppid, began: null }
    const found = { ...parent, began: startOf(process.ppid) }
    const run: StoredRun = {
      ...{ command: 'count', setup: {}, progress: null, seconds: 0, sections: {} },
      writer: found,
    }
    writeFileSync(path, await storedRunToBytes(run))
    await expect(start()).rejects.toThrow(/is kept by process \d+, which still runs/)
    expect(stillRuns({ ...found, began: 'another' })).toBe(false)
    expect(stillRuns(thisProcess())).toBe(false)
    expect(stillRuns({ pid: 2 ** 22 + 1, began: null })).toBe(false)
  })

  it('is gone after a failure that would only come again', async () => {
    const diverges = resumable({ command: 'count', ...typed(), rests: {} }, quiet, async (run) => {
      await count(run)
      throw new AppError('ml/diverged', 'NaN')
    })
    await expect(diverges).rejects.toMatchObject({ code: 'ml/diverged' })
    expect(existsSync(join(folder, 'made.checkpoint'))).toBe(false)
  })

  it('stopped where nothing is kept says to begin anew, elsewhere to go on', async () => {
    const stopAt = (sections?: () => { a: Uint8Array }) =>
      resumable({ command: 'count', ...typed(), rests: {} }, quiet, async (run) => {
        process.emit('SIGTERM')
        await run.step({ done: 1, total: 10, unit: 'number' }, sections)
      })
    await expect(stopAt()).rejects.toThrow(
      /^Stopped at number 1 of 10, of which nothing is kept\. Begin anew with: /,
    )
    expect(readdirSync(folder)).toEqual([])
    await expect(stopAt(() => ({ a: new Uint8Array(1) }))).rejects.toThrow(
      /^Stopped at number 1 of 10\. Go on with: .* --resume$/,
    )
    expect(readdirSync(folder)).toEqual(['made.checkpoint'])
  })

  it('keeps its time over interruptions', async () => {
    await expect(start({}, 6)).rejects.toThrow('killed')
    const path = join(folder, 'made.checkpoint')
    const before = (await readStoredRun(path))!.seconds
    let after = 0
    await resumable({ command: 'count', ...typed({ resume: 'true' }), rests: {} }, quiet, (run) => {
      after = run.seconds()
      return count(run)
    })
    expect(before).toBeGreaterThan(0)
    expect(after).toBeGreaterThanOrEqual(before)
  })
})

function startOf(pid: number): string | null {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return null
  const text = readFileSync(path, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
}

it('finished parts are not done again', async () => {
  const parts = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const done: string[] = []
  const all = (failAt: string) =>
    resumable(
      { command: 'parts', ...typed(done.length ? { resume: 'true' } : {}), rests: {} },
      quiet,
      (run) =>
        runParts(
          run,
          parts,
          () => true,
          async ({ id }, own) => {
            done.push(id)
            return (await count(own, id === failAt ? 4 : undefined)).length
          },
        ),
    )
  await expect(all('b')).rejects.toThrow('killed')
  expect(await all('none')).toEqual([10, 10, 10])
  expect(done).toEqual(['a', 'b', 'b', 'c'])
})

describe('what is told', () => {
  it('has done, total, rate and time left', () => {
    expect(progressLine({ done: 600, total: 3000, unit: 'step' }, 80)).toBe(
      'step 600/3000 (20 %), 80.0 steps/s, 30 s left',
    )
    expect(progressLine({ done: 1, total: 9, unit: 'toy', part: 'sbc' }, 0.001)).toMatch(
      /sbc: .* 2\.2 h left/,
    )
    let now = 0
    const lines: string[] = []
    const tell = createProgressLines(
      (line) => lines.push(line),
      () => now,
    )
    for (let done = 1; done <= 100; done++) {
      now += 100
      tell({ done, total: 100, unit: 'step' })
    }
    expect(lines).toHaveLength(5)
    expect(lines[4]).toBe('step 100/100 (100 %), 10.0 steps/s, 0 s left')
  })

  it('ends with the line to go on with', () => {
    expect(lineToGoOn('--resume', ['train-encoder', '--out', 'a b', '--title', "it's"])).toBe(
      `npm run -s cli -- train-encoder --out 'a b' --title 'it'\\''s' --resume`,
    )
  })
})

it('a folder with other content is not written into', () => {
  writeFileSync(join(folder, 'card.json'), '')
  expect(() => checkFolderContent('out', folder, ['card.json'])).not.toThrow()
  writeFileSync(join(folder, 'thesis.tex'), '')
  expect(() => checkFolderContent('out', folder, ['card.json'])).toThrow(/already holds thesis\.tex/)
  expect(() => checkFolderContent('out', join(folder, 'new'), [])).not.toThrow()
})
