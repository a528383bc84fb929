import { operatorIndex, operators, type OperatorName } from '../../physics/smeft/operators.ts'
import type { Facts } from '../../core/facts.ts'
import { numberOf, pick, type Lesson, type Step } from '../lesson.ts'

interface Chosen {
  readonly name: OperatorName
  readonly value: number // TeV^-2
}

/** Coefficients that move the tail, with the value that a student is sent to [TeV^-2]. */
const tailOperators = [
  { name: 'clq3', value: 0.003 },
  { name: 'clq1', value: -0.008 },
  { name: 'ceu', value: 0.006 },
  { name: 'clu', value: -0.012 },
] as const

/** Coefficients that change the couplings of the Z, and so its peak. */
const poleOperators = [
  { name: 'cHl1', value: 0.2 },
  { name: 'cHe', value: -0.3 },
  { name: 'cHl3', value: 0.2 },
] as const

const explore = (intent: object) => ({ view: 'explore' as const, study: 'drell-yan', intent })

const symbolOf = (name: OperatorName): string => operators[operatorIndex(name)].symbol

/** A ratio as the reader sees it on the axis: "+12.3 %". */
function percent(facts: Facts, name: string): string {
  const ratio = numberOf(facts, name)
  if (ratio === null) return '?'
  const change = 100 * (ratio - 1)
  return `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)} %`
}

/** Which end of the m_ll spectrum moves: one by more than twice the other, or both. */
function whereItActs(facts: Facts): string | null {
  const [pole, tail] = [numberOf(facts, 'live.pole'), numberOf(facts, 'live.tail')]
  if (pole === null || tail === null) return null
  const [atPole, inTail] = [Math.abs(pole - 1), Math.abs(tail - 1)]
  if (Math.max(atPole, inTail) < 1e-4) return null
  return inTail > 2 * atPole ? 'tail' : atPole > 2 * inTail ? 'pole' : 'everywhere'
}

/** What a step at another value is compared with: bins that differ by less are not told apart by eye. */
const visible = 0.02

/** A coefficient of these is dragged from zero: at which end of m_ll will the ratio move? */
function whereStep(id: string, chosen: readonly Chosen[]): Step {
  return {
    id,
    begin: () => explore({}),
    values: (student) => ({ operator: symbolOf(pick(chosen, student).name) }),
    done: (facts, student) => (numberOf(facts, `c.${pick(chosen, student).name}`) ?? 0) !== 0,
    show(_, student) {
      const { name, value } = pick(chosen, student)
      return { coefficients: { [name]: value } }
    },
    question: {
      predict: true,
      choices: ['pole', 'tail', 'everywhere'],
      right: (facts) => whereItActs(facts),
      values: (facts) => ({ pole: percent(facts, 'live.pole'), tail: percent(facts, 'live.tail') }),
    },
  }
}

/** Lesson 1: one coefficient, one spectrum, one dot; pole and tail, sign and square. */
export const universe: Lesson = {
  id: 'universe',
  study: 'drell-yan',
  steps: [
    {
      id: 'dots',
      begin: () => explore({}),
      done: (facts) => facts['focus.kind'] === 'universe',
      show: (_, student) => ({ focus: { kind: 'universe', id: pick([412, 97, 1203, 760, 58], student) } }),
      question: {
        choices: ['noise', 'near', 'far'],
        right(facts) {
          const distance = numberOf(facts, 'focus.distance')
          if (distance === null || facts['focus.kind'] !== 'universe') return null
          return distance < 3 ? 'noise' : distance < 20 ? 'near' : 'far'
        },
        values: (facts) => ({ distance: (numberOf(facts, 'focus.distance') ?? 0).toFixed(1) }),
      },
    },
    whereStep('drag', tailOperators),
    {
      id: 'sign',
      begin(student) {
        const { name, value } = pick(tailOperators, student)
        return explore({ coefficients: { [name]: value } })
      },
      values: (student) => ({ operator: symbolOf(pick(tailOperators, student).name) }),
      done(facts, student) {
        const { name, value } = pick(tailOperators, student)
        return (numberOf(facts, `c.${name}`) ?? 0) * Math.sign(value) < 0
      },
      show(_, student) {
        const { name, value } = pick(tailOperators, student)
        return { coefficients: { [name]: -value } }
      },
      question: {
        predict: true,
        choices: ['above', 'below', 'same'],
        right(facts) {
          const tail = numberOf(facts, 'live.tail')
          if (tail === null) return null
          return Math.abs(tail - 1) < visible / 10 ? 'same' : tail > 1 ? 'above' : 'below'
        },
        values: (facts) => ({ tail: percent(facts, 'live.tail') }),
      },
    },
    {
      id: 'double',
      begin(student) {
        const { name, value } = pick(tailOperators, student)
        return explore({ coefficients: { [name]: value }, order: 'linear' })
      },
      values(student) {
        const { name, value } = pick(tailOperators, student)
        return { operator: symbolOf(name), value: String(value), twice: String(2 * value) }
      },
      done(facts, student) {
        const { name, value } = pick(tailOperators, student)
        return Math.abs((numberOf(facts, `c.${name}`) ?? 0) - 2 * value) < Math.abs(value) / 10
      },
      show(_, student) {
        const { name, value } = pick(tailOperators, student)
        return { coefficients: { [name]: 2 * value } }
      },
      question: {
        predict: true,
        choices: ['half', 'twice', 'four'],
        right(facts) {
          const [tail, half] = [numberOf(facts, 'live.tail'), numberOf(facts, 'live.tailAtHalf')]
          if (tail === null || half === null || Math.abs(half - 1) < 1e-6) return null
          const factor = (tail - 1) / (half - 1)
          return factor < 1 ? 'half' : factor < 3 ? 'twice' : 'four'
        },
        values: (facts) => ({
          half: percent(facts, 'live.tailAtHalf'),
          tail: percent(facts, 'live.tail'),
        }),
      },
    },
    {
      id: 'square',
      done: (facts) => facts.order === 'quadratic',
      show: () => ({ order: 'quadratic' }),
      question: {
        choices: ['more', 'less', 'same'],
        right(facts) {
          const [linear, quadratic] = [
            numberOf(facts, 'live.tailLinear'),
            numberOf(facts, 'live.tailQuadratic'),
          ]
          if (linear === null || quadratic === null) return null
          const change = quadratic - linear
          return Math.abs(change) < 1e-4 ? 'same' : change > 0 ? 'more' : 'less'
        },
        values: (facts) => ({
          linear: percent(facts, 'live.tailLinear'),
          quadratic: percent(facts, 'live.tailQuadratic'),
        }),
      },
    },
    whereStep('pole', poleOperators),
  ],
}
