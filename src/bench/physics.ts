import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { liveUniverse } from '../studies/drell-yan/analysis/live-universe.ts'
import { openPdf } from '../physics/pdf/open-pdf.ts'
import { createRng } from '../numerics/rng.ts'
import { defaultCuts, defaultObservables, defaultSqrtS } from '../physics/drell-yan/default-binning.ts'
import { morphSpectrum } from '../physics/drell-yan/spectrum-templates.ts'
import { computeTemplates } from '../physics/drell-yan/templates.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'
import { encodingRows } from './encoding.ts'
import { measure, measureShort, timingOf, type Timing } from './measure.ts'
import { below, type BenchRow } from './report.ts'
import type { BenchSubject } from './subject.ts'

const gridFile = fileURLToPath(new URL('../../../shared/pdf/CT14lo_0000.dat', import.meta.url))

export async function* physicsSuite(subject: BenchSubject): AsyncGenerator<BenchRow, void> {
  yield {
    name: 'default PDF, fresh process',
    value: coldPdf(),
    target: below(60),
    note: 'code loaded, first density included',
  }
  yield {
    name: 'default PDF, warm',
    value: await measure(() => createDefaultPdf()),
    target: below(60),
  }
  const pdf = createDefaultPdf()
  yield* reading('default PDF', pdf)
  yield* importedGrid()

  const request = {
    observables: defaultObservables,
    pdf,
    sqrtS: defaultSqrtS,
    scheme: 'MW',
    muF: 'mll',
    cuts: defaultCuts,
    widthShift: false,
  } as const
  yield {
    name: 'templates, 71 bins x (1 + 17 + 153)',
    value: await measure(() => computeTemplates(request)),
    target: below(2000),
    note: 'with both scale variations',
  }
  yield {
    name: 'templates, central scale only',
    value: await measure(() => computeTemplates({ ...request, scaleVariations: false })),
    target: below(2000),
  }
  yield* morphing(subject)
  yield* encodingRows(subject)
}

function coldPdf(): Timing {
  const script = fileURLToPath(new URL('./cold-pdf.ts', import.meta.url))
  const runs = Array.from({ length: 7 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, script], {
      encoding: 'utf8',
    })
    if (!stdout) throw new Error(`the fresh process printed no time: ${stderr}`)
    return JSON.parse(stdout) as { elapsed: number; cpu: number }
  })
  return timingOf(
    runs.map(({ elapsed }) => elapsed),
    runs.reduce((sum, { cpu }) => sum + cpu / runs.length, 0),
  )
}

/** Time per x of all eleven partons; xs jump about as a Monte Carlo's do. */
async function* reading(name: string, pdf: PdfSet): AsyncGenerator<BenchRow, void> {
  const rng = createRng(1)
  const out = new Float64Array(11)
  const xs = Float64Array.from({ length: 1000 }, () => 10 ** (-4 + 3.9 * rng.uniform()))
  const scales = Float64Array.from({ length: 1000 }, () => (10 * 300 ** rng.uniform()) ** 2)
  let at = 0
  const fixed = await measureShort(() => {
    at = (at + 1) % 1000
    pdf.xfxQ2All(xs[at], 8315, out)
  })
  yield { name: `${name}, all partons at one x, same Q`, value: micro(fixed), unit: 'us' }
  const changing = await measureShort(() => {
    at = (at + 1) % 1000
    pdf.xfxQ2All(xs[at], scales[at], out)
  })
  yield { name: `${name}, all partons at one x, new Q`, value: micro(changing), unit: 'us' }
}

async function* importedGrid(): AsyncGenerator<BenchRow, void> {
  const name = 'LHAPDF grid, parse'
  if (!existsSync(gridFile)) {
    yield { name, value: { skipped: 'there is no CT14lo_0000.dat in shared/pdf beside the repository' } }
    return
  }
  const files = [{ name: 'CT14lo_0000.dat', text: readFileSync(gridFile, 'utf8') }]
  const note = `${(files[0].text.length / 1e6).toFixed(1)} MB of text`
  yield { name, value: await measure(() => openPdf(files)), note }
  yield* reading('LHAPDF grid', openPdf(files))
}

async function* morphing({ header, encoder }: BenchSubject): AsyncGenerator<BenchRow, void> {
  const { templates, prior } = header.universeModel
  const rng = createRng(2)
  const coefficients = prior.halfWidth.map((halfWidth) => halfWidth * (2 * rng.uniform() - 1))
  const out = new Float64Array(templates.bins)
  for (const order of ['linear', 'quadratic'] as const) {
    const timing = await measureShort(() => void morphSpectrum(templates, coefficients, order, out))
    yield { name: `morph of one universe, ${order}`, value: micro(timing), unit: 'us', note: 'all 17 moved' }
  }
  for (const order of ['linear', 'quadratic'] as const) {
    const timing = await measureShort(
      () => void liveUniverse(header.universeModel, encoder.mlp, coefficients, order),
    )
    yield {
      name: `live update, ${order}`,
      value: timing,
      target: below(16),
      note: `morph, whiten, encode with ${encoder.id}`,
    }
  }
}

function micro({ median, min, spread, cpu, repetitions }: Timing): Timing {
  return { median: 1e3 * median, min: 1e3 * min, spread: 1e3 * spread, cpu: cpu && 1e3 * cpu, repetitions }
}
