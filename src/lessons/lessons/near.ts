import type { Facts } from '../../core/facts.ts'
import { numberOf, pick, type Lesson, type Question } from '../lesson.ts'

const universes = [412, 97, 1203, 760, 58, 1544, 331] as const

const explore = (intent: object) => ({ view: 'explore' as const, study: 'drell-yan', intent })
const focused = (student: number) => ({ kind: 'universe', id: pick(universes, student) })

/** Neighbours that are asked for in each space */
const all = 15

/** How many of the nearest on the map are nearest in another space, too, in three words. */
function howMany(fact: string): Question {
  return {
    predict: true,
    choices: ['few', 'some', 'most'],
    right(facts) {
      const kept = numberOf(facts, fact)
      return kept === null ? null : kept <= 5 ? 'few' : kept <= 10 ? 'some' : 'most'
    },
    values: (facts) => ({ kept: numberOf(facts, fact) ?? 0, lost: all - (numberOf(facts, fact) ?? 0), all }),
  }
}

const neighboursShown = (facts: Facts) => facts.inspector === 'neighbours'

/** Lesson 3: what near means in three spaces, and what a flat map hides. */
export const near: Lesson = {
  id: 'near',
  study: 'drell-yan',
  steps: [
    {
      id: 'three',
      begin: (student) => explore({ focus: focused(student) }),
      values: (student) => ({ universe: pick(universes, student) }),
      done: neighboursShown,
      show: () => ({ panels: { inspector: 'neighbours' } }),
      question: howMany('focus.kept'),
    },
    {
      id: 'lost',
      done: (facts) => facts['lost.shown'] === true,
      show: () => ({ showLost: true }),
      question: {
        choices: ['all', 'none', 'unlike'],
        right: (facts) => (facts['lost.shown'] === true ? 'unlike' : null),
      },
    },
    {
      id: 'five',
      begin: (student) => explore({ focus: focused(student), model: 'dy-supcon-5d' }),
      done: (facts) => facts.encoder === 'dy-supcon-5d' && numberOf(facts, 'focus.kept') !== null,
      question: howMany('focus.kept'),
    },
    {
      id: 'wilson',
      begin: (student) => explore({ focus: focused(student) }),
      done: (facts) => facts.space === 'wilson',
      show: () => ({ neighbourSpace: 'wilson' }),
      question: howMany('focus.keptWilson'),
    },
    {
      id: 'colour',
      begin: () => explore({}),
      done: (facts) => facts.colour === 'kept',
      show: () => ({ colourBy: 'kept' }),
    },
  ],
}
