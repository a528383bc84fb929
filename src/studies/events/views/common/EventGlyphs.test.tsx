import { expect, it } from 'vitest'
import { drawn, drawnElements } from '../../../../testing/svg-parts.ts'
import { EventGlyphs, momentumLength } from './EventGlyphs.tsx'

it('draws MET upwards and jets at their angles from it, as long as the logarithm of pT', () => {
  // MET, HT, jets, b-jets, then pT, η, Δφ of four jets.
  const event = Float32Array.of(400, 500, 2, 0, 400, 0.5, Math.PI, 100, -1, Math.PI / 2, 0, 0, 0, 0, 0, 0)
  const other = Float32Array.of(200, 150, 1, 0, 150, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  const elements = drawnElements(<EventGlyphs events={Float32Array.of(...event, ...other)} />)
  expect(drawn(elements, 'svg')).toHaveLength(2)
  const jets = drawn(elements, '.glyph-jet')
  expect(jets).toHaveLength(3)
  const [first, second] = jets.map(({ at }) => [Number(at.x2), Number(at.y2)])
  const [met] = drawn(elements, '.glyph-met').map(({ at }) => [Number(at.x2), Number(at.y2)])
  expect(met[0]).toBeCloseTo(0, 5)
  // The leading jet lies opposite, as long as MET; the second to the right.
  expect(first[0]).toBeCloseTo(0, 4)
  expect(first[1]).toBeCloseTo(-met[1], 4)
  expect(second[1]).toBeCloseTo(0, 4)
  expect(second[0] / first[1]).toBeCloseTo(momentumLength(100) / momentumLength(400), 4)
  expect(drawn(elements, 'svg')[0].at['aria-label']).toBe(
    'MET 400 GeV, jet 1 400 GeV at 3.1 rad, jet 2 100 GeV at 1.6 rad',
  )
})
