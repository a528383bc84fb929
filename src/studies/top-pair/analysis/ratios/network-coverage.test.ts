import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../errors.ts'
import { checkCoverage, type CoverageEntry } from './network-coverage.ts'

const terms = ['td8', 'tq8', 'td8^2', 'td8*tq8', 'tq8^2'] // td8 and tq8 never interfere
const needed = ['td8', 'tq8', 'td8^2', 'tq8^2']
const entry = (term: string, replica: number | null, name = `${term}-${replica}`): CoverageEntry => ({
  name,
  terms: term.split(','),
  replica,
  weightsSha256: name,
})
const all = (...replicas: number[]): CoverageEntry[] =>
  replicas.flatMap((replica) => needed.map((term) => entry(term, replica)))

function refusal(networks: CoverageEntry[], replicas?: number): AppError {
  try {
    checkCoverage(networks, terms, replicas)
  } catch (thrown) {
    return AppError.from(thrown)
  }
  throw new Error('was not refused')
}

describe('networks of a fit', () => {
  it('are one for each term and replica, whatever the replicas are called', () => {
    expect(checkCoverage(all(1), terms)).toEqual({ notes: [] })
    expect(checkCoverage(all(7, 0, 3), terms, 3)).toEqual({ notes: [] })
    expect(checkCoverage([entry(needed.join(), 1)], terms)).toEqual({ notes: [] })
    // Of the whole polynomial, in any order of its cross terms.
    expect(checkCoverage([entry('tq8,td8,tq8^2,tq8*td8,td8^2', 1)], terms)).toEqual({ notes: [] })
  })

  it('may know more than is fitted; those of other terms alone are told', () => {
    const { notes } = checkCoverage([...all(1), entry('tG', 1)], terms)
    expect(notes).toEqual(['Not needed, as none of their terms is fitted: tG-1.'])
    expect(checkCoverage(all(1), ['td8', 'td8^2']).notes).toEqual([
      'Not needed, as none of their terms is fitted: tq8-1, tq8^2-1.',
    ])
  })

  it('are refused with a list of all that is missing and all that is doubled', () => {
    const networks = [
      ...all(1, 2).filter(({ name }) => name !== 'tq8-2' && name !== 'td8^2-1'),
      entry('tq8^2', 2, 'again'),
    ]
    const { code, context, message } = refusal(networks)
    expect(code).toBe('model/mismatch')
    expect(context).toEqual({
      missing: ['tq8 of replica 2', 'td8^2 of replica 1'],
      doubled: ['tq8^2 of replica 2 (tq8^2-2 and again)'],
    })
    expect(message).toContain('Missing: tq8 of replica 2, td8^2 of replica 1')
    expect(message).toContain('Doubled: tq8^2 of replica 2 (tq8^2-2 and again)')
    // However many there are, the message ends in the cure.
    const many = refusal([...all(1), ...Array.from({ length: 50 }, (_, k) => entry('td8', k + 2))])
    expect(many.context.missing).toHaveLength(150)
    expect(many.message).toMatch(/and 144 more\. .* makes what is missing\.$/)
    expect(refusal([...all(1), entry('tq8,tq8^2', 1)]).context).toMatchObject({ missing: [] })
    expect(refusal([entry('tG', 1)]).context).toMatchObject({
      missing: needed.map((term) => `${term} of replica 1`),
    })
  })

  it('are as many per term as are asked for', () => {
    expect(refusal(all(1, 2), 3).message).toMatch(/--replicas asks for 3 per term, there are 2/)
  })

  it('without a known replica count one after the other, but files that are the same are one', () => {
    const two = needed.flatMap((term) => [entry(term, null, `${term}-a`), entry(term, null, `${term}-b`)])
    expect(checkCoverage(two, terms)).toEqual({ notes: [] })
    expect(refusal(two.slice(1)).context).toMatchObject({ missing: ['td8 of replica ?2'] })
    const copies = needed.flatMap((term) => [entry(term, null, 'a'), entry(term, null, 'b')])
    const same = copies.map((one, k) => ({ ...one, name: `${k}`, weightsSha256: one.terms[0] }))
    expect(refusal(same).context).toMatchObject({ missing: [], doubled: { length: 4 } })
  })
})
