import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { product } from '../../product.ts'
import { bibTeX, references } from './references.ts'

const text = bibTeX(references)

it('names app, papers, densities and measurement', () => {
  expect(new Set(references.map(({ kind }) => kind))).toEqual(
    new Set(['app', 'paper', 'densities', 'measurement']),
  )
  for (const eprint of ['2512.15862', '2407.20315', '2511.09335', '2211.02058', '1506.07443', '1812.10529'])
    expect(text).toContain(`eprint = {${eprint}}`)
})

it('is BibTeX: braces close, keys are of their own, and every letter is ASCII', () => {
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expect(text.match(/\{/g)).toHaveLength(text.match(/\}/g)!.length)
  const keys = Array.from(text.matchAll(/^@\w+\{([^,]+),$/gm), ([, key]) => key)
  expect(keys).toHaveLength(references.length)
  expect(new Set(keys).size).toBe(keys.length)
  // An author of four letters and a comma, not an "and" within a name.
  expect(text).toContain("Lessa, Andr{\\'e}")
})

it('CITATION.cff has the same version and papers', () => {
  const cff = readFileSync('CITATION.cff', 'utf8')
  expect(cff).toContain(`version: ${product.split(' ')[1]}\n`)
  for (const { eprint, title } of references.filter(({ kind }) => kind !== 'app')) {
    expect(cff).toContain(`value: ${eprint}`)
    expect(cff).toContain(title)
  }
})
