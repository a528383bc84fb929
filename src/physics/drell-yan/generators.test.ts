import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createDefaultPdf } from '../pdf/default-pdf.ts'
import reference from '../reference/drell-yan-generators.json' with { type: 'json' }
import { operatorIndex, pairIndex } from '../smeft/operators.ts'
import { computeTemplates } from './templates.ts'

// Other people's event generators. They ran with NNLO or NLO densities that the project does not carry, so the
// tolerance is what the densities differ by; with the same densities the agreement is 0.1-3 %.
const base = { pdf: createDefaultPdf(), sqrtS: 13_000, widthShift: false, scaleVariations: false } as const

describe('SMEFiT table of SMEFT@NLO', () => {
  const { edges, first, last, firstQuadratic, firstCHl3ElectronOnly } = reference.smefit
  const cuts = { ptMin: 35, absEtaMax: 2.5 }
  const observables = [{ name: 'mll' as const, edges }]
  const { sm, linear, quadratic } = computeTemplates({ ...base, scheme: 'MW', muF: 91.19, cuts, observables })
  const relative = (name: string, b: number) => linear[operatorIndex(name) * 3 + b] / sm[b]

  it.each(Object.entries(first))('%s at 1150-1200 GeV', (name, expected) => {
    expect(relative(name, 0)).toBeCloseToRel(expected, 0.05)
  })
  it.each(Object.entries(last))('%s at 2530-2610 GeV', (name, expected) => {
    expect(relative(name, 2)).toBeCloseToRel(expected, 0.05)
  })
  it('cHl3 of the electron alone is its vertex and half of G_F', () => {
    expect(relative('cHl1', 0) - relative('cll1', 0)).toBeCloseToRel(firstCHl3ElectronOnly, 0.02)
  })
  it.each(Object.entries(firstQuadratic))('%s squared', (name, expected) => {
    const i = operatorIndex(name)
    expect(quadratic[pairIndex(i, i) * 3] / sm[0]).toBeCloseToRel(expected, 0.06)
  })
})

it('SM spectrum of MadGraph from 200 to 1800 GeV', () => {
  const { range, perGeV } = reference.madgraphSpectrum
  const edges = Array.from({ length: 10 }, (_, i) => range[0] * (range[1] / range[0]) ** (i / 9))
  const observables = [{ name: 'mll' as const, edges }]
  const { sm } = computeTemplates({ ...base, scheme: 'alpha', muF: 'mll', cuts: null, observables })
  perGeV.forEach((expected, b) => expect(sm[b] / (edges[b + 1] - edges[b])).toBeCloseToRel(expected, 0.13))
})
