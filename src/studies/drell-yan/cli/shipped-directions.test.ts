import { expect, it } from 'vitest'
import { directionsReport } from '../analysis/directions/directions-report.ts'
import { closedFormEncoder } from '../analysis/compare/closed-form-maps.ts'
import { compareEncoders } from '../analysis/compare/compare-encoders.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'

const header = await openDatasetFolder('dy-nc-13tev')

async function report(model: string) {
  const { mlp } = await openModelFolder(model, header, expect.unreachable)
  const job = directionsReport({ header, order: 'linear', encoder: mlp, families: 4, seed: 1 })
  let step = job.next()
  while (!step.done) step = job.next()
  return step.value
}

// The four groups that whitened templates fall into by their cosines at 300/fb: seven contact terms (pairwise
// |cos| above 0.94), inputs with lepton vertices and C_Hq3, right-handed vertices with C_Hq1, and the pure
// normalisation C_ll', which the luminosity alone limits.
it('templates of the shipped dataset fall into four families, and the 5-D encoder keeps them', async () => {
  const { templates, agreement, directions } = await report('dy-supcon-5d')
  const members = templates.names.map((_, k) => operatorNames.filter((_, o) => templates.labels[o] === k))
  expect(members).toEqual([
    ['cHWB', 'cHD', 'cHl1', 'cHl3', 'cHq3'],
    ['cll1'],
    ['cHe', 'cHq1', 'cHu', 'cHd'],
    ['clq1', 'clq3', 'ceu', 'ced', 'clu', 'cld', 'cqe'],
  ])
  expect(agreement.operators).toBe(1)
  expect(Math.min(...directions.efficiency)).toBeGreaterThan(0.95)
})

it('two dimensions cannot: C_ll′ loses most', async () => {
  const { agreement, directions, quality } = await report('dy-supcon-2d')
  expect(agreement.operators).toBeLessThan(1)
  expect(directions.efficiency[operatorNames.indexOf('cll1')]).toBe(Math.min(...directions.efficiency))
  expect(quality.spread.collapsed).toBe(false)
})

// Two dimensions hold the fold of five: a learned map and PCA-2 find the same fifth of the true neighbours.
it('five latent dimensions find the true neighbours, two cannot', async () => {
  const encoders = await Promise.all(
    ['dy-supcon-2d', 'dy-supcon-5d'].map((id) => openModelFolder(id, header, expect.unreachable)),
  )
  const maps = [...encoders, closedFormEncoder(header, 'pca-2') ?? encoders[0]]
  const job = compareEncoders({ header, order: 'linear', maps, neighbours: 15 })
  let step = job.next()
  while (!step.done) step = job.next()
  const [two, five, linear] = step.value.maps.map(({ meanTrue }) => meanTrue)
  expect(five).toBeCloseTo(0.877, 2)
  expect(two).toBeCloseTo(0.19, 2)
  expect(linear).toBeCloseTo(0.191, 2)
})
