import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runMlp } from '../../../ml/mlp.ts'
import { modelFolder } from '../../../cli/files.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'
import { defaultTraining } from './default-training.ts'
import { shippedDatasets } from '../datasets.ts'
import { trainingSchema } from '../intent.ts'

// Those of sets of events are tested with their study.
const ids = readdirSync(modelFolder).filter(
  (id) => existsSync(join(modelFolder, id, 'card.json')) && !id.startsWith('events-'),
)
/** Of a map that a dataset opens with, that dataset; else the one that its card names. */
function datasetOf(id: string): string {
  const opens = shippedDatasets.find(({ model }) => model === id)
  if (opens) return opens.id
  const card = readFileSync(join(modelFolder, id, 'card.json'), 'utf8')
  const named = (JSON.parse(card) as { dataset: { id: string } }).dataset.id
  return shippedDatasets.find((dataset) => dataset.id === named)?.id ?? shippedDatasets[0].id
}

describe('shipped encoders', () => {
  it.each(ids)('%s was trained on the dataset that is shipped with it', async (id) => {
    const header = await openDatasetFolder(datasetOf(id))
    const { card, mlp } = await openModelFolder(id, header, expect.unreachable)
    expect(card?.id).toBe(id)
    expect(card?.dataset).toEqual({ id: header.manifest.id, manifestSha256: header.manifestHash })
    // The SM is the origin of the whitened space and must have a place on the map.
    const origin = runMlp(mlp, new Float32Array(header.universeModel.templates.bins), 1)
    expect(origin.every(Number.isFinite)).toBe(true)
    const { accuracy, bayesAccuracy } = card?.metrics ?? {}
    expect(accuracy.value).toBeGreaterThan(0.3) // a hundred universes: chance is 0.01
    expect(accuracy.value).toBeLessThan(bayesAccuracy.value)
  })
})

it('an encoder on other data with as many bins is told', async () => {
  const header = await openDatasetFolder('dy-nc-13tev')
  const told: string[] = []
  const elsewhere = { ...header, manifestHash: 'ab'.repeat(32) }
  await openModelFolder('dy-supcon-2d', elsewhere, (line) => told.push(line))
  expect(told).toEqual([
    expect.stringMatching(
      /^Encoder dy-supcon-2d was trained on dataset dy-nc-13tev \w{8}, open is .* abababab/,
    ),
  ])
})

it('the command line trains as the page does', () => {
  expect({ ...defaultTraining, backend: 'auto' }).toEqual(trainingSchema.parse({}))
})
