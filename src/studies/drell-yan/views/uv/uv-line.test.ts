import { expect, it } from 'vitest'
import { liveUniverse } from '../../analysis/live-universe.ts'
import { uvModels } from '../../../../physics/uv/uv-models.ts'
import { coefficientArray } from '../../state/actions.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { smallCorpus } from '../../../../testing/small-universes.ts'
import { standsWithModel, startingUv, uvChange, uvSliders } from './uv-change.ts'
import { uvLine } from './uv-line.ts'

const { header, encoder, embedding } = await smallCorpus()
const open: OpenDataset = { header, encoder, embedding }

it('every model starts, moves only its own sliders, and knows when they were moved away', () => {
  for (const { id } of uvModels) {
    const { uv, coefficients, focus } = uvChange(startingUv(id))
    expect(uv).not.toBeNull()
    expect(focus).toEqual({ kind: 'live' })
    expect(standsWithModel(startingUv(id), coefficients)).toBe(true)
    expect(standsWithModel(startingUv(id), { ...coefficients, ced: 7 })).toBe(false)
  }
  expect(standsWithModel(startingUv('axion'), {})).toBe(false)
  expect(uvSliders({ model: 'E', couplings: { lambda: 2 }, massTeV: 2 })).toEqual({
    cHl1: -0.25,
    cHl3: -0.25,
  })
})

it('the line starts at the Standard Model and passes through the live dot', () => {
  const massTeV = 2
  const line = uvLine(open, startingUv('B'), 'linear')
  const [sx, sy] = embedding.standardModel
  const [first] = line[0].points
  const length = Math.hypot(
    line[0].points[line[0].points.length - 1].x - sx,
    line[0].points[line[0].points.length - 1].y - sy,
  )
  expect(Math.hypot(first.x - sx, first.y - sy)).toBeLessThan(0.01 * length)
  const { latent } = liveUniverse(
    header.universeModel,
    encoder.mlp,
    coefficientArray(uvSliders({ ...startingUv('B'), massTeV })),
    'linear',
  )
  const tick = line.flatMap(({ ticks = [] }) => ticks).find(({ label }) => label === `${massTeV} TeV`)
  expect(tick).toMatchObject({ x: latent[0], y: latent[1] })
})

it('squares bend it, a model that Drell-Yan does not see has none', () => {
  const linear = uvLine(open, startingUv('zeta'), 'linear').at(-1)?.points.at(-1)
  const quadratic = uvLine(open, startingUv('zeta'), 'quadratic').at(-1)?.points.at(-1)
  expect(quadratic?.x).not.toBe(linear?.x)
  for (const id of ['S', 'G', 'T', 'phi']) expect(uvLine(open, startingUv(id), 'linear')).toEqual([])
  expect(() => uvLine(open, startingUv('axion'), 'linear')).toThrow(/no UV model "axion"/)
})
