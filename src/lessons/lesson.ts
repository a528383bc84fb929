import type { Facts } from '../core/facts.ts'
import type { Verb } from '../core/verbs.ts'

/** What a step begins with: the defaults of a study but for what is named. */
export interface Beginning {
  readonly view: Verb
  readonly study: string
  /** Fields of the study's intent, as its schema has them. */
  readonly intent?: object
}

/** Names and numbers that a text has in braces. */
export type Values = Readonly<Record<string, string | number>>

export interface Question {
  /** By the names that their texts have. */
  readonly choices: readonly string[]
  /** A prediction is asked for before the task and judged when it is done. */
  readonly predict?: true
  /**
   * The right choice on the page as it is now; null while that is not known.
   *
   * @param student  seed of what differs between students
   */
  right(facts: Facts, student: number): string | null
  /** What the reason names of the page. */
  values?(facts: Facts, student: number): Values
}

/** Something to do in the live app, and to understand. */
export interface Step {
  readonly id: string
  /** Left out: what the step before left. */
  begin?(student: number): Beginning
  /** What the text and the task name. */
  values?(student: number): Values
  /** Whether what is asked for has been done; left out: there is only something to read. */
  done?(facts: Facts, student: number): boolean
  /** How far a thing that takes time is, 0 to 1; null while it does not run. */
  progress?(facts: Facts): number | null
  /** Does it in the reader's place. Left out where only a click of their own can, such as Run. */
  show?(facts: Facts, student: number): object
  readonly question?: Question
}

export interface Lesson {
  readonly id: string
  /** Whose facts its steps are judged by: the study of its first step. */
  readonly study: string
  readonly steps: readonly Step[]
}

/** A fact that must be a number; null where it is not known. */
export function numberOf(facts: Facts, name: string): number | null {
  const value = facts[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/**
 * One of several things for each student: neighbours in class get different ones, the same student always the same.
 * Student 0, who reads alone, has the first.
 */
export function pick<T>(choices: readonly T[], student: number): T {
  return choices[student % choices.length]
}
