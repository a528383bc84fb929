import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import reference from '../reference/amplitudes/madgraph-points.json'
import { closedForm } from './closed-forms/closed-form.ts'
import { createProcess } from './create-process.ts'
import { entryParameters, flatMomenta, parsePointsFile } from './points-file.ts'
import { parseProcess } from './process.ts'
import { recursion } from './recursion.ts'

const file = parsePointsFile(JSON.stringify(reference))

// MadGraph5_aMC standalone prints 16 digits; its own rounding and ours leave some 1e-14.
describe.each(file.points)('$process', (entry) => {
  const process = parseProcess(entry.process)
  const parameters = entryParameters(file, entry, process)
  const supersymmetric = [...process.incoming, ...process.outgoing].some(
    ({ kind }) => kind === 'gluino' || kind === 'squark',
  )

  it('is that of MadGraph', () => {
    const matrixElement = createProcess(process, parameters)
    for (const { p, me2 } of entry.points)
      expect(matrixElement.squaredMatrixElement(flatMomenta(process, p))).toBeCloseToRel(me2, 1e-12)
  })

  it.skipIf(supersymmetric)('by recursion, too', () => {
    const matrixElement = recursion(process, parameters)
    for (const { p, me2 } of entry.points)
      expect(matrixElement.squaredMatrixElement(flatMomenta(process, p))).toBeCloseToRel(me2, 1e-12)
  })

  it('in closed form, where there is one', () => {
    const form = closedForm(process, parameters)
    const twoToTwo = process.incoming.length === 2 && process.outgoing.length === 2
    // Tops with a W are the one pair in the file that has none.
    expect(form !== undefined).toBe(twoToTwo && process.name !== 'g b > t W-')
    for (const { p, me2 } of form ? entry.points : [])
      expect(form?.squaredMatrixElement(flatMomenta(process, p))).toBeCloseToRel(me2, 1e-12)
  })
})
