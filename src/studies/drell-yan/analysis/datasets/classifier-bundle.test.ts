import { describe, expect, it } from 'vitest'
import { countRatioParameters } from '../../../../ml/ratio/ratio-parameters.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { smallBins, smallCorpus } from '../../../../testing/small-universes.ts'
import { exportClassifier, importClassifier, type ExportClassifierRequest } from './classifier-bundle.ts'
import { calibrate } from '../classification/calibrate.ts'
import { defaultClassifier, latentInput } from '../classification/class-setup.ts'
import { createPredictor, type Classifier } from '../classification/classifier.ts'
import { gallery } from '../classification/gallery.ts'
import type { DroppedFile } from '../../../../ml/sort-model-files.ts'

const { header, encoder } = await smallCorpus()
const known = gallery(header, [0, 1])
const rng = createRng(3)

function classifier(input: 'spectrum' | 'latent'): Classifier {
  const config = { ...defaultClassifier('ensemble', 2), members: 2, widths: [4] }
  const latent = input === 'latent' ? latentInput(encoder.mlp, known) : null
  const size = countRatioParameters({ inputs: latent ? 2 : smallBins, widths: [4], outputs: 2 })
  const members = [0, 1].map(() => Float32Array.from({ length: size }, () => rng.normal()))
  const calibration = calibrate(
    { classes: 2, probabilities: Float64Array.of(0.6, 0.4, 0.3, 0.7), labels: Int32Array.of(0, 1) },
    Float64Array.of(0.1, 0.2),
    0.95,
    () => 0.5,
  )
  return { config, universes: known.universes, latent, members, calibration }
}

const request = (of: Classifier, change: Partial<ExportClassifierRequest> = {}): ExportClassifierRequest => ({
  ...{ classifier: of, report: null, header, date: '2026-01-02' },
  encoder: of.latent && { id: encoder.id, hash: encoder.hash },
  ...change,
})

async function dropped(of: ExportClassifierRequest): Promise<DroppedFile[]> {
  const { files } = await exportClassifier(of)
  const bytes = (text: string) => new TextEncoder().encode(text)
  return [
    { name: 'weights (1).bin', bytes: files.weights },
    { name: 'model (2).json', bytes: bytes(files.model) },
    { name: 'card.json', bytes: bytes(files.card) },
  ]
}

describe('an exported classifier', () => {
  it.each(['spectrum', 'latent'] as const)(
    'of the %s answers the same when it is read back',
    async (input) => {
      const made = classifier(input)
      const { classifier: read, card } = await importClassifier(await dropped(request(made)), header)
      expect(card).toMatchObject({
        id: expect.stringMatching(/^classifier-ensemble-seed1-[0-9a-f]{12}$/) as string,
        dataset: { manifestSha256: header.manifestHash },
        latent: input === 'latent' ? { id: encoder.id, hash: encoder.hash, units: [2] } : null,
      })
      expect(read.calibration).toEqual(made.calibration) // an infinite quantile among it
      const ask = (of: Classifier) =>
        createPredictor(of, smallBins).many(header.whitenedMeans.slice(0, 4 * smallBins), new Int32Array(4))
      const [before, after] = [ask(made), ask(read)].map(({ predictions }) => predictions.probabilities)
      after.forEach((p, i) => expect(p).toBeCloseTo(before[i], 5))
      expect(before[0]).not.toBeCloseTo(before[2], 3)
    },
  )

  it('is refused on another dataset, and where spectra are whitened in another way', async () => {
    const files = await dropped(request(classifier('spectrum')))
    const elsewhere = { ...header, manifestHash: 'f'.repeat(64) }
    await expect(importClassifier(files, elsewhere)).rejects.toMatchObject({
      code: 'model/mismatch',
      message: expect.stringMatching(/trained on dataset small-dy .*, open is small-dy ffffffff/) as string,
    })
    const { whitening } = header.universeModel
    const other = { ...whitening, inverse: whitening.inverse.map((value) => 1.01 * value) }
    await expect(
      importClassifier(files, { ...header, universeModel: { whitening: other } }),
    ).rejects.toMatchObject({
      code: 'model/mismatch',
      message: expect.stringMatching(/whitens spectra in another way/) as string,
    })
  })

  it('of latent points is not written without the name of its encoder', async () => {
    await expect(exportClassifier(request(classifier('latent'), { encoder: null }))).rejects.toMatchObject({
      code: 'input/invalid',
    })
  })

  it('has three files: what is missing is named', async () => {
    const files = await dropped(request(classifier('spectrum')))
    await expect(importClassifier(files.slice(0, 2), header)).rejects.toThrow(/missing card\.json/)
  })
})
