import { expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  tracesOf,
} from '../../../../testing/figure-parts.ts'
import { eventsMap } from '../../../../testing/small-events.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { placeSpectrum } from '../../state/place-spectra.ts'
import { placeFigure } from './place-figure.ts'

const map = eventsMap({ models: 3, sets: 20, perSet: 4 })
const edges = [200, 250, 300, 400, 600, 1000]
const at = (set: number) => ({ x: map.latent[2 * set], y: map.latent[2 * set + 1] })

it('is the mean of the nearest sets, with what they differ by', () => {
  const own = placeSpectrum(map, at(7), 0, edges, 1)
  expect([own.sets, own.radius]).toEqual([[7], 0])
  const met = [0, 1, 2, 3].map((e) => map.models[0].features[16 * map.places[4 * 7 + e]])
  expect(own.mean[0]).toBe(met.filter((value) => value < 250).length / 4)
  expect(own.spread).toEqual([0, 0, 0, 0, 0])
  const all = placeSpectrum(map, at(7), 0, edges, 60)
  all.mean.forEach((share, b) => expect(share).toBeCloseTo(all.all[b], 12))
  const ten = placeSpectrum(map, at(7), 0, edges, 10)
  expect(ten.sets).toHaveLength(10)
  expect(ten.spread[0]).toBeGreaterThan(0)
})

it('draws them over all sets, with a band', () => {
  const spectrum = placeSpectrum(map, at(7), 0, edges, 10)
  const figure = placeFigure(spectrum, 'MET [GeV]', paperTheme)
  expectSound(figure)
  expect(legendOf(figure)).toEqual(['spread of the sets', 'all sets of the map', 'mean near the place'])
  const [band] = named(figure, 'spread of the sets')
  expect(band.y[0]).toBeCloseTo(spectrum.mean[0] + spectrum.spread[0], 12)
  expect(axisOf(figure, 'x').range).toEqual([200, 1000])
  for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
})
