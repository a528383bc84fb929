import { describe, expect, it } from 'vitest'
import { createJetDensity } from '../../../../generator/hard-process/jet-density.ts'
import { modelProcess } from '../../../../generator/samples/model-process.ts'
import { sampleModels } from '../../../../generator/samples/models.ts'
import { loadAmplitudeKernel } from '../../../../kernels/load-kernels.ts'
import { createRng, shuffle } from '../../../../numerics/rng.ts'
import { createDefaultPdf } from '../../../../physics/pdf/default-pdf.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import { auroc } from '../../../../statistics/anomaly/roc.ts'
import { integrated } from '../../../../testing/hard-processes.ts'
import { partonJetSource, type PartonJets } from '../../../../testing/parton-jets.ts'
import { sharedPdfGrid } from '../../../../testing/shared-pdf.ts'
import { exactLimit, jetModel, monojetCuts } from './exact-limits.ts'
import table from './reference/neyman-pearson.json'

const kernel = await loadAmplitudeKernel()
const sqrtS = 13_000
const grid = sharedPdfGrid('NNPDF31_lo_as_0118')
const pdf = createDefaultPdf({ grid: { xMin: 5e-8 } })

const mediator = (mphi: number) => ({
  process: 'p p > Zp j',
  set: { mphi },
  mediator: 'vector' as const,
  ptMin: 200,
})
const limitOf = (a: number, b: number, sizes: readonly number[], set = pdf) => {
  const [first, second] = [a, b].map((m) => {
    const steps = jetModel({ id: `${m}`, model: mediator(m) }, { pdf: set, sqrtS, kernel })
    let step = steps.next()
    while (!step.done) step = steps.next()
    return step.value
  })
  return exactLimit(first, second, sizes)
}

describe.skipIf(!grid)('with NNPDF31_lo', () => {
  it.each(table.pairs)('mediators of $a and $b GeV come apart as in the table', ({ a, b, auc }) => {
    const set = openPdf([{ name: 'NNPDF31_lo_as_0118_0000.dat', text: grid ?? '' }])
    const found = limitOf(a, b, table.events, set).auc
    // The table is of histograms, to two digits or three.
    found.forEach(({ value }, k) => {
      expect(Math.abs(value - auc[k]), `${table.events[k]} events`).toBeLessThan(0.01)
    })
  })
})

/** [sets] sums of so many log-ratios of different events, in an order of chance. */
function setSums(ratios: Float64Array, events: number, seed: number): Float64Array {
  const order = shuffle(ratios.slice(), createRng(seed, 'sets'))
  return Float64Array.from({ length: Math.floor(order.length / events) }, (_, s) =>
    order.subarray(s * events, (s + 1) * events).reduce((sum, ratio) => sum + ratio, 0),
  )
}

it('events of the generator come apart as the quadrature says, and one model from itself not at all', async () => {
  const events = 8000
  const [light, heavy] = [500, 2000].map((m) => modelProcess(mediator(m), { pdf, sqrtS, kernel }))
  const [ofLight, ofHeavy] = [light, heavy].map((hard) => createJetDensity(hard, undefined, kernel))
  const cuts = { absEtaMax: monojetCuts.absEtaMax, kernel }
  const [lights, heavies] = await Promise.all([light, heavy].map((hard) => partonJetSource(hard, cuts)))
  const limit = limitOf(500, 2000, [1, 10])
  const ratios = ({ pt, absEta }: PartonJets) =>
    pt.map((own, i) => Math.log(ofHeavy(own, absEta[i]) / ofLight(own, absEta[i])))
  const [first, again, second] = [lights(events, 1), lights(events, 2), heavies(events, 3)].map(ratios)
  for (const [k, size] of [1, 10].entries()) {
    const apart = auroc(setSums(first, size, 1), setSums(second, size, 2))
    expect(Math.abs(apart.value - limit.auc[k].value), `${size} events`).toBeLessThan(4 * apart.error)
    const same = auroc(setSums(first, size, 3), setSums(again, size, 4))
    expect(Math.abs(same.value - 0.5), `${size} events, same model`).toBeLessThan(4 * same.error)
  }
}, 60_000)

it('its integral is the cross-section of the Monte Carlo', () => {
  for (const id of ['vector-m500', 'scalar-m125', 'znunu-j']) {
    const hard = modelProcess({ ...sampleModels[id], ptMin: 200 }, { pdf, sqrtS, kernel })
    const [{ value, error }] = integrated(hard, 0.008)
    const steps = jetModel(
      { id, model: sampleModels[id] },
      {
        pdf,
        sqrtS,
        kernel,
        cuts: { ptMin: 200, absEtaMax: 7 },
        rule: { pt: 48, eta: 24, rapidity: 16, virtuality: 24 },
      },
    )
    let step = steps.next()
    while (!step.done) step = steps.next()
    expect(Math.abs(step.value.sigmaPb - value), id).toBeLessThan(4 * error)
  }
}, 60_000)
