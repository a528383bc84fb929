import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodes, runCommandLine } from '../run-command.ts'
import { commands } from '../registry.ts'
import { readOption } from './read-option.ts'
import type { Option, Range, WindowRange } from './option.ts'
import { processorMs } from '../../testing/processor-time.ts'

const tables = await Promise.all(
  Object.entries(commands).map(async ([name, load]) => ({ name, options: (await load()).options })),
)

/** Every place of an option where a number stands, with the text around it. */
function numberPlaces(option: Option): { range: Range; around(text: string): string }[] {
  switch (option.kind) {
    case 'number':
      return [{ range: option, around: (text) => text }]
    case 'numbers':
      return [0, Math.max(1, option.least) - 1].map((at) => ({
        range: option,
        around: (text) => Array.from({ length: at + 1 }, (_, k) => (k === at ? text : option.max)).join(','),
      }))
    case 'tuple':
      return option.parts.map((range, at) => ({
        range,
        around: (text) => option.parts.map(({ max }, k) => (k === at ? text : max)).join(','),
      }))
    case 'pairs':
      return Object.entries(option.names).flatMap(([name, range]: [string, Range | WindowRange]) =>
        'window' in range
          ? [
              { range, around: (text: string) => `${name}=${text}:${range.max}` },
              { range, around: (text: string) => `${name}=${range.min}:${text}` },
            ]
          : [{ range, around: (text: string) => `${name}=${text}` }],
      )
    default:
      return []
  }
}

const places = tables.flatMap(({ name, options }) =>
  Object.entries(options).flatMap(([option, spec]) =>
    numberPlaces(spec).map((place) => ({ name, option, ...place })),
  ),
)

async function refusal(...argv: string[]): Promise<string> {
  const out: string[] = []
  const err: string[] = []
  const began = processorMs()
  const code = await runCommandLine(argv, { out: (line) => out.push(line), err: (line) => err.push(line) })
  const what = argv.join(' ')
  expect(code, what).toBe(exitCodes.badInput)
  expect(out, what).toEqual([])
  expect(err, what).toHaveLength(1)
  expect(processorMs() - began, what).toBeLessThan(3000)
  const [line] = err
  expect(line, what).not.toMatch(/\n/)
  expect(line.length, what).toBeLessThanOrEqual(500)
  return line
}

describe('every number of every command', () => {
  it('has ends that can be stepped over, and a whole number where it says so', () => {
    expect(places.length).toBeGreaterThan(150)
    expect(new Set(places.map(({ name }) => name)).size).toBeGreaterThan(15)
    for (const { name, option, range } of places) {
      const what = `${name} --${option}`
      expect(range.min, what).toBeLessThan(range.max)
      expect(range.min - 1, what).toBeLessThan(range.min)
      expect(range.max + 1, what).toBeGreaterThan(range.max)
      if (range.integer) expect([range.min, range.max].every(Number.isSafeInteger), what).toBe(true)
    }
  })

  it('refuses less than its minimum, more than its maximum, 1e300, NaN and nothing, before any work', async () => {
    for (const { name, option, range, around } of places)
      for (const bad of [
        String(range.min - 1),
        String(range.max + 1),
        '1e300',
        '-1e300',
        'NaN',
        'Infinity',
        '',
      ]) {
        const line = await refusal(name, `--${option}=${around(bad)}`)
        expect(line).toMatch(bad === '' ? /^input\/invalid: --\S+ (is empty|has )/ : /^input\/invalid: --/)
        expect(line).toContain(`--${option}`)
      }
  })

  it('refuses a fraction of a whole number, numbers of other languages and very long ones', async () => {
    for (const { name, option, range, around } of places) {
      if (range.integer) await refusal(name, `--${option}=${around(String(range.min + 0.5))}`)
      for (const bad of ['0x10', '1e', '1,5x', '--1', '1'.repeat(20_000)])
        await refusal(name, `--${option}=${around(bad)}`)
    }
  })
})

it('every command that is defined stands in a table', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^(?:cli|studies.[^.]+.cli)\b.*\.ts$/.test(path),
  )
  const namesIn = (paths: string[], pattern: RegExp) =>
    paths.flatMap((path) =>
      Array.from(readFileSync(`src/${path}`, 'utf8').matchAll(pattern), ([, name]) => name),
    )
  const defined = namesIn(files, /^export const (\w+) = defineCommand\(/gm)
  const tables = files.filter((path) => /(?:registry|\bcommands)\.ts$/.test(path))
  const listed = namesIn(tables, /\bimport\('[^']+'\)\)\.(\w+)/g)
  expect(defined.length).toBeGreaterThan(20)
  expect(defined.toSorted()).toEqual(listed.toSorted())
})

describe('every option of every command', () => {
  const all = tables.flatMap(({ name, options }) =>
    Object.entries(options).map(([option, spec]) => ({ name, option, spec })),
  )

  it('takes its default, has help, and is refused empty, twice or misspelt', async () => {
    expect(all.length).toBeGreaterThan(150)
    for (const { name, option, spec } of all) {
      expect(spec.help, `${name} --${option}`).not.toBe('')
      if (spec.default !== undefined) readOption(option, spec, spec.default)
      const empty = await refusal(name, `--${option}=`)
      expect(empty).toContain(`--${option}`)
      const word = spec.kind === 'flag' ? `--${option}` : `--${option}=x`
      if (!('repeats' in spec))
        expect(await refusal(name, word, word)).toContain(`--${option} is given twice`)
      if (option.length > 3)
        expect(await refusal(name, `--${option.slice(0, -1)}`)).toMatch(/Unknown option .*Did you mean --/)
    }
  })

  it('refuses a path that is no file where it reads one, and a file where it makes a folder', async () => {
    for (const { name, option, spec } of all) {
      if (spec.kind === 'file' || spec.kind === 'files') {
        // Where a folder may stand for the file, it is taken, and what is missing beside it is told.
        const folderToo = spec.kind === 'file' && spec.folderToo === true
        const folder = expect(await refusal(name, `--${option}=src`))
        if (folderToo) folder.not.toMatch(/must be a file/)
        else folder.toMatch(/is a folder, must be a file/)
        expect(await refusal(name, `--${option}=no/such`)).toMatch(/^data\/not-found: There is no /)
      }
      if (spec.kind === 'folder' || spec.kind === 'folders')
        expect(await refusal(name, `--${option}=no/such`)).toMatch(/^data\/not-found: There is no /)
      if (spec.kind === 'output') {
        const taken =
          spec.what === 'folder' ? 'package.json' : spec.what === 'file' ? 'src' : 'package.json/x'
        expect(await refusal(name, `--${option}=${taken}`)).toMatch(/^input\/invalid: --/)
        expect(await refusal(name, `--${option}=package.json/below/it`)).toMatch(/package\.json is no folder/)
      }
      if (spec.kind === 'id')
        for (const bad of ['../../x', 'A', '-a', 'a b', 'a'.repeat(65)])
          await refusal(name, `--${option}=${bad}`)
    }
  })

  it('stands in --help with its range', async () => {
    for (const { name, options } of tables) {
      const out: string[] = []
      expect(await runCommandLine(['help', name], { out: (line) => out.push(line), err: () => {} })).toBe(0)
      for (const [option, spec] of Object.entries(options)) {
        expect(out[0]).toContain(`  --${option}`)
        for (const { range } of numberPlaces(spec))
          expect(out[0]).toContain(`${range.min} to ${range.max}${range.unit ? ` ${range.unit}` : ''}]`)
      }
    }
  })
})

describe('what was answered with exit code 0 or a stack', () => {
  it.each([
    ['anomaly --resonance 400,12,1e300', /strength 1e300, must be a number from -100 to 100/],
    ['spectrum --observable mll --edges 66,116 --sqrts 1e30', /--sqrts is 1e30/],
    ['retrieve --coefficients clq3=1e300 --k 5', /clq3=1e300.*from -100 to 100 TeV\^-2 \(beyond, at C = 1/],
    ['classify --universe 12 --replica -3', /--replica is -3/],
    ['retrieve --coefficients clq3=0.01 --k 0', /--k is 0/],
    ['limits --universes 0', /--universes is 0/],
    ['limits --universes 1e12', /--universes is 1e12/],
    ['make-corpus --universes 1e9 --out x', /--universes is 1e9/],
    ['train-encoder --id ../../x', /--id is "\.\.\/\.\.\/x"/],
    ['train-encoder --steps 1e12', /--steps is 1e12/],
    ['ttbar-generate --events 1e15', /--events is 1e15/],
    ['pdf --x 0.1 --x 0.2', /--x is given twice/],
    ['pdf --set src --x 0.1 --q 10', /--set src is a folder, must be a file/],
    ['retrieve --coefficients clq3=0.1,clq3=0.2', /names clq3 twice/],
    ['retrieve --coefficients clq4=0.1', /no coefficient "clq4".*Did you mean clq1\?/],
    ['ttbar-generate --out events.npz', /ends in "\.npz"/],
    ['fit --operators td8,td8', /names td8 twice/],
    ['spectrums', /no command "spectrums"\. Did you mean spectrum\?/],
  ])('%s', async (line, words) => {
    expect(await refusal(...line.split(' '))).toMatch(words)
  })
})
