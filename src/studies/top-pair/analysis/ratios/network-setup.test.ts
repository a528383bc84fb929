import { describe, expect, it } from 'vitest'
import { defaultDetector, dileptonSelection, ml4eftSelection } from '../../../../generator/detector.ts'
import type { RatioCard } from '../../../../ml/ratio/ratio-card.ts'
import { toyPdf } from '../../../../testing/toy-pdf.ts'
import { topPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { compareCard, networkSetup, sameTerm } from './network-setup.ts'

const process = topPairProcess({ pdf: toyPdf(), mttMin: 700, operators: ['td8', 'tq8'] })
const setup = networkSetup(process, dileptonSelection, defaultDetector)
const wanted = { setup, features: ['m_tt', 'y_tt'], terms: ['td8', 'tq8', 'td8^2', 'td8*tq8', 'tq8^2'] }
// What is compared of a card; the rest of it is not looked at.
const card = { setup, features: ['y_tt', 'm_tt'], terms: ['td8'] } as unknown as RatioCard
const cuts = setup.selection as Exclude<typeof setup.selection, string>
const resolution = setup.smearing as Exclude<typeof setup.smearing, string>
const other = (change: Partial<RatioCard['setup']>): RatioCard => ({
  ...card,
  setup: { ...setup, ...change },
})

describe('the card of a network', () => {
  it('is one for these events', () => {
    expect(compareCard(card, wanted)).toEqual({ different: [], unsaid: [] })
    expect(compareCard(other({ operators: ['td8', 'tG', 'tu8'] }), wanted).different).toEqual([])
    // Through JSON, as every card goes, also where a cut has no end.
    const open = { ...wanted, setup: networkSetup(process, ml4eftSelection, null) }
    const read = JSON.parse(JSON.stringify({ ...card, setup: open.setup })) as RatioCard
    expect(compareCard(read, open)).toEqual({ different: [], unsaid: [] })
    // Other machines have other last digits.
    expect(compareCard(other({ alphaS: setup.alphaS * (1 + 1e-13) }), wanted).different).toEqual([])
  })

  it.each<[string, Partial<RatioCard['setup']>, string, string]>([
    ['sqrt(s) [GeV]', { sqrtSGeV: 14_000 }, '14000', '13000'],
    ['lowest m_tt [GeV]', { mttMinGeV: 345 }, '345', '700'],
    ['selection', { selection: 'none' }, 'none', 'dilepton (ptLeading 25, '],
    ['selection ptB', { selection: { ...cuts, ptB: 25 } }, '25', '30'],
    ['selection absEtaLepton', { selection: { ...cuts, absEtaLepton: null } }, 'none', '2.4'],
    ['selection zVeto', { selection: { ...cuts, zVeto: [80, 106] } }, '80 to 106', '76 to 106'],
    ['selection zVeto', { selection: { ...cuts, zVeto: null } }, 'none', '76 to 106'],
    ['smearing', { smearing: 'none' }, 'none', 'the default (leptonPt 0.015, '],
    ['smearing missingGeV', { smearing: { ...resolution, missingGeV: 10 } }, '10', '20'],
    ['operators', { operators: ['tq8'] }, 'tq8', 'td8'],
    ['PDF', { pdf: { ...setup.pdf, id: 'CT14lo_0000' } }, 'CT14lo_0000', 'toy'],
    ['sha256 of the densities', { pdf: { id: 'toy', sha256: 'ab'.repeat(32) } }, 'abababababab…', ''],
    ['scale [GeV]', { muGeV: 345 }, '345', '172.5'],
    ['alpha_s', { alphaS: 0.118 }, '0.118', String(setup.alphaS)],
    ['c_tG convention', { ctG: 'SMEFTsim' }, 'SMEFTsim', 'dim6top'],
  ])('differs in %s', (what, change, onCard, own) => {
    const { different, unsaid } = compareCard(other(change), wanted)
    expect(unsaid).toEqual([])
    expect(different).toHaveLength(1)
    expect(different[0].what).toBe(what)
    expect(different[0].card).toBe(onCard)
    expect(different[0].wanted).toContain(own)
  })

  it('differs in its features', () => {
    const { different } = compareCard({ ...card, features: ['m_tt'] }, wanted)
    expect(different).toEqual([{ what: 'features', card: 'm_tt', wanted: 'm_tt, y_tt' }])
  })

  it('leaves open what it does not say, one by one', () => {
    const names = Object.keys(setup) as (keyof typeof setup)[]
    for (const name of names)
      expect(compareCard(other({ [name]: null }), wanted)).toMatchObject({
        different: [],
        unsaid: { length: name === 'pdf' ? 2 : 1 },
      })
    const nothing = other(Object.fromEntries(names.map((name) => [name, null])))
    expect(compareCard(nothing, wanted).unsaid).toHaveLength(names.length + 1)
  })
})

it('a cross term is the same in either order', () => {
  expect(sameTerm('td8*Qd8', 'Qd8*td8')).toBe(true)
  expect(sameTerm('td8*Qd8', 'td8*tq8')).toBe(false)
  expect(sameTerm('td8^2', 'td8')).toBe(false)
})
