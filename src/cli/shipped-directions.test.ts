import { expect, it } from 'vitest'
import { directionsReport } from '../analysis/drell-yan/directions/directions-report.ts'
import { operatorNames } from '../physics/smeft/operators.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'

const header = await openDatasetFolder('dy-nc-13tev')

async function report(model: string) {
  const { mlp } = await openModelFolder(model, header)
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
