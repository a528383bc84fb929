import { expect, it } from 'vitest'
import reference from '../reference/amplitudes/madgraph-points.json'
import { evaluatePoints } from './evaluate-points.ts'
import { entryParameters, flatMomenta, parsePointsFile } from './points-file.ts'
import { parseProcess } from './process.ts'
import { processorMs } from '../../testing/processor-time.ts'

const process = parseProcess('u ubar > t tbar H')
const p = [
  [450, 0, 0, 450],
  [450, 0, 0, -450],
  [308.30330024085976, 183.69879833351126, -177.0622310768044, -5.063867724773804],
  [207.24522313215496, 71.09035248207272, -77.56782732984281, -44.16985916209212],
  [384.4514766269852, -254.78915081558398, 254.6300584066472, 49.23372688686596],
]
const fileWith = (parameters: object, note = '', momenta = p) =>
  parsePointsFile(
    JSON.stringify({
      parameters,
      points: [{ process: 'u ubar > t tbar H', note, points: [{ p: momenta, me2: 1 }] }],
    }),
  )
const masses = (parameters: object, note = '', momenta = p) => {
  const file = fileWith(parameters, note, momenta)
  const { mTop, mHiggs } = entryParameters(file, file.points[0], process)
  return { mTop, mHiggs }
}

it('takes masses from the notes, from the head where momenta agree, else from the momenta', () => {
  expect(masses({ mt: 173, mh: 125 })).toEqual({ mTop: 173, mHiggs: 125 })
  expect(masses({ mt: 173, mh: 125 }, 'm_t=173.001').mTop).toBe(173.001)
  expect(masses({ mt: 172.5, mh: 110 }).mTop).toBeCloseTo(173, 8)
  expect(masses({ mt: 172.5, mh: 110 }).mHiggs).toBeCloseTo(125, 8)
})

it('takes couplings from the head, g_s of the entry first', () => {
  const file = parsePointsFile(
    JSON.stringify({
      parameters: { gs: 1.2, alpha_em: 0.0075, sw2: 0.23, mw: 80 },
      points: [{ process: 'g g > g g', gs: 1.5, points: [] }],
    }),
  )
  expect(entryParameters(file, file.points[0], parseProcess('g g > g g'))).toMatchObject({
    ...{ gs: 1.5, sinSquared: 0.23, mW: 80 },
  })
})

it('says which mass contradicts which', () => {
  expect(() => masses({}, 'mt=150')).toThrow(/leg 3 \(t\) has the mass 17\d\..*the note says 150/)
  const offShell = p.map((q) => [...q])
  offShell[3][0] += 30
  expect(() => masses({}, '', offShell)).toThrow(/leg 4 \(t~\) has the mass .* another of its kind/)
})

it('refuses momenta that do not fit the process', () => {
  expect(() => flatMomenta(process, p.slice(1))).toThrow(/5 legs, the point has 4 momenta/)
  const unbalanced = p.map((q) => [...q])
  unbalanced[4][1] += 1
  expect(() => flatMomenta(process, unbalanced)).toThrow(/component px is 0 before and/)
})

it.each([
  ['{', /no JSON/],
  ['{"points": 3}', /at points/],
  [
    '{"points": [{"process": "g g > g g", "points": [{"p": [[1, 2, 3]], "me2": 1}]}]}',
    /points\.0\.points\.0\.p\.0/,
  ],
  ['{"points": [{"process": "g g > g g", "points": [{"p": [], "me2": "x"}]}]}', /points\.0\.points\.0\.me2/],
])('%s is refused with the place', (text, reason) => {
  expect(() => parsePointsFile(text)).toThrow(reason)
})

it('gives every point of a file in its order, with the ratio to the number that stands there', () => {
  const doubled = {
    ...reference,
    points: reference.points.map((entry) => ({
      ...entry,
      points: entry.points.map((point) => ({ ...point, me2: 2 * point.me2 })),
    })),
  }
  const points = evaluatePoints(JSON.stringify(doubled), {})
  expect(points.map(({ process }) => process)).toEqual(reference.points.map(({ process }) => process))
  points.forEach(({ ratio, me2 }, i) => {
    expect(ratio).toBeCloseTo(0.5, 12)
    expect(me2 / reference.points[i].points[0].me2).toBeCloseTo(1, 12)
  })
})

it('takes another frame, and a rest frame of its own for the particle that decays', () => {
  // Boost along x of the last entry but one; |M|² is invariant.
  const entry = reference.points.find(({ process }) => process === 'g g > t tbar h')
  if (!entry) throw new Error('no such entry')
  const [gamma, beta] = [1.25, 0.6]
  const boosted = entry.points.map(({ p, me2 }) => ({
    me2,
    p: p.map(([E, x, y, z]) => [gamma * (E + beta * x), gamma * (x + beta * E), y, z]),
  }))
  const [{ ratio }] = evaluatePoints(
    JSON.stringify({ parameters: reference.parameters, points: [{ ...entry, points: boosted }] }),
    {},
  )
  expect(ratio).toBeCloseTo(1, 10)
})

it('masses of squarks and gluinos need no note where the momenta or the head have them', () => {
  const entries = reference.points
    .filter(({ process }) => /sq|uL|> go go$/.test(process))
    .map((entry) => ({ ...entry, note: '' }))
  const parameters = { ...reference.parameters, m_gluino: 900 }
  const points = evaluatePoints(JSON.stringify({ parameters, points: entries }), {})
  expect(points).toHaveLength(4)
  for (const { ratio, process } of points) expect(ratio, process).toBeCloseTo(1, 11)
})

it('an unknown process is refused before anything is computed, with the list', () => {
  const file = { parameters: {}, points: [...reference.points, { process: 'g g > glueball', points: [] }] }
  expect(() => evaluatePoints(JSON.stringify(file), {})).toThrow(
    /no particle "glueball".*g g, u u~ > go go, .*t t~ t t~; [^…]*vmu/,
  )
})

it('reads long notes in time proportional to their length', () => {
  const started = processorMs()
  const file = fileWith({}, `${'x'.repeat(300_000)} mh=125`)
  expect(entryParameters(file, file.points[0], process).mHiggs).toBe(125)
  expect(processorMs() - started).toBeLessThan(2000)
})
