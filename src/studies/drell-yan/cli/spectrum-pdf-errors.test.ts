import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { openNpz } from '../../../dataset/npz.ts'
import { toyPdfSet } from '../../../testing/toy-pdf-set.ts'
import type { PdfErrors } from './spectrum-output.ts'
import { spectrumCommand } from './spectrum.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-pdf-errors-'))
afterAll(() => rmSync(folder, { recursive: true }))

function writeSet(id: string, info: string, factors: readonly number[]): string {
  const place = join(folder, id)
  mkdirSync(place)
  const set = toyPdfSet(id, info, factors)
  set.members.forEach(({ name, text }, m) => {
    // One packed, as people keep them.
    if (m === 1) writeFileSync(join(place, `${name}.gz`), gzipSync(text))
    else writeFileSync(join(place, name), text)
  })
  writeFileSync(join(place, `${id}.info`), set.info)
  return place
}

const edges = ['--edges', '80,100,200,500', '--pdf-errors']
interface Report {
  sm: number[]
  pdfErrors: PdfErrors
}
const run = async (...argv: string[]) => (await spectrumCommand.run(argv, () => undefined)) as Report

it('Hessian pairs give a band up and down, from the folder or its central member, and columns in npz', async () => {
  const set = writeSet('PAIRS', 'ErrorType: hessian\nErrorConfLevel: 90', [1, 1.1, 0.95, 1.02, 1.01])
  const npz = join(folder, 'errors.npz')
  const { sm, pdfErrors } = await run('--pdf', set, ...edges, '--npz', npz)
  expect(pdfErrors).toMatchObject({ set: 'PAIRS', kind: 'hessian', members: 4, centre: sm })
  const z = 1.6448536269514722
  sm.forEach((value, b) => {
    expect(pdfErrors.up[b] / value).toBeCloseTo(Math.hypot(1.1 ** 2 - 1, 1.02 ** 2 - 1) / z, 8)
    expect(pdfErrors.down[b] / value).toBeCloseTo((1 - 0.95 ** 2) / z, 8)
  })
  expect(await run('--pdf', join(set, 'PAIRS_0000.dat'), ...edges)).toMatchObject({ pdfErrors })
  const { arrays } = await openNpz(new Uint8Array(readFileSync(npz)))
  const up = await arrays.find(({ name }) => name === 'sm_pdf_error_up')?.read()
  expect(up?.[1]).toBeCloseTo(pdfErrors.up[1] / 100, 12)
})

it('replicas give mean and standard deviation', async () => {
  const set = writeSet('REPLICAS', 'ErrorType: replicas', [1, 1.1, 0.9, 1])
  const { sm, pdfErrors } = await run('--pdf', set, ...edges)
  expect(pdfErrors).toMatchObject({ kind: 'replicas', members: 3 })
  const squares = [1.21, 0.81, 1]
  const mean = squares.reduce((sum, s) => sum + s, 0) / 3
  const sd = Math.sqrt(squares.reduce((sum, s) => sum + (s - mean) ** 2, 0) / 2)
  expect(pdfErrors.centre[0] / sm[0]).toBeCloseTo(mean, 8)
  expect(pdfErrors.up[0] / sm[0]).toBeCloseTo(sd, 8)
  expect(pdfErrors.down).toEqual(pdfErrors.up)
})

it('a missing member, a missing .info, two sets, our own densities and asymmetries are refused', async () => {
  const set = writeSet('GAP', 'ErrorType: hessian', [1, 1.1, 0.9])
  rmSync(join(set, 'GAP_0002.dat'))
  await expect(run('--pdf', set, ...edges)).rejects.toThrow(/2 of 3 members of GAP; GAP_0002\.dat is missing/)
  rmSync(join(set, 'GAP.info'))
  await expect(run('--pdf', set, ...edges)).rejects.toThrow(
    /no GAP\.info in .*how the members of GAP make errors/,
  )
  writeFileSync(join(set, 'OTHER_0000.dat'), 'PdfType: central\n')
  await expect(run('--pdf', set, ...edges)).rejects.toThrow(/has the members of 2 sets/)
  await expect(run(...edges)).rejects.toThrow(/--pdf default has no error members/)
  await expect(run('--pdf', join(folder, 'PAIRS'), ...edges, '--observable', 'afb')).rejects.toThrow(
    /Ask for --observable mll or pt/,
  )
})
