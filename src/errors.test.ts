import { describe, expect, it } from 'vitest'
import { AppError, capText, describeIssues, longestText, shortName } from './errors.ts'
import { processorMs } from './testing/processor-time.ts'

describe('a text that is shown', () => {
  it('is left as it is where it can be read', () => {
    const text =
      'data/corrupt: a.csv cannot be read: line 3 has 4 columns, line 2 has 5; write nan for a missing value'
    expect(capText(text)).toBe(text)
  })

  it('keeps head and tail, what was wrong and the cure, within the cap', () => {
    const text = `x.json is not as expected: ${'wrong entry; '.repeat(60_000)}. Load it again.`
    const { message } = new AppError('model/corrupt', text)
    expect(message.length).toBe(longestText)
    expect(message).toMatch(/^x\.json is not as expected: wrong entry.*….*\. Load it again\.$/)
  })

  it('cuts long words in the middle and stands on one line', () => {
    const name = `${'a'.repeat(300)}.csv`
    const shown = capText(`${name}\ncannot\tbe read\u202e: it is empty`)
    expect(shown).toMatch(/^a{30,90}…a{30,60}\.csv cannot be read : it is empty$/)
    expect(shown.length).toBeLessThan(160)
  })

  it('is capped whoever threw it, and again after it crossed a worker', () => {
    const crash = AppError.from(new Error('x '.repeat(1e6)))
    expect(crash.message.length).toBe(longestText)
    expect(AppError.fromPlain(crash.toPlain()).message).toBe(crash.message)
  })

  it('splits no character of two halves', () => {
    const shown = capText('😀'.repeat(3000))
    expect(shown.length).toBeLessThanOrEqual(longestText)
    expect(shown).not.toMatch(/\p{Surrogate}/u)
  })

  it('takes time that grows as its length', () => {
    const texts = ['a'.repeat(2e7), ' \n'.repeat(1e7)]
    for (const text of texts) text.charCodeAt(1e7) // laid out in memory, which is not what is measured
    const start = processorMs()
    for (const text of texts) capText(text)
    expect(processorMs() - start).toBeLessThan(200)
  })
})

it('names of files keep their ending', () => {
  expect(shortName('spectra.csv')).toBe('spectra.csv')
  expect(shortName(`${'ä'.repeat(300)}_0000.dat`)).toMatch(/^ä+…ä+_0000\.dat$/)
  expect(shortName(`${'ä'.repeat(300)}_0000.dat`)).toHaveLength(80)
  expect(shortName('mine\u202egpj.csv')).toBe('mine gpj.csv')
  expect(shortName(`${'🧪'.repeat(5000)}.csv`, 20)).toMatch(/^🧪+…🧪*\.csv$/u)
})

it('complaints of a schema are the first three and a count', () => {
  const issues = Array.from({ length: 60_000 }, (_, i) => ({
    path: ['layers', i],
    message: 'expected number',
  }))
  expect(describeIssues(issues)).toBe(
    'layers.0: expected number; layers.1: expected number; layers.2: expected number; and 59,997 more',
  )
  expect(describeIssues([{ path: [], message: 'expected object' }])).toBe('top level: expected object')
  expect(describeIssues([{ path: ['k'.repeat(1e6)], message: 'm'.repeat(1e6) }]).length).toBeLessThan(220)
})
