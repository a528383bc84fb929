import { noLesson } from './learn.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AppIntent } from './app-state.ts'
import { changeIntent, redo, undo, type IntentHistory } from './intent-history.ts'

const at = (seed: number): AppIntent => ({
  view: 'explore',
  study: 'a',
  studies: { a: { seed } },
  learn: noLesson,
})
const first = at(1)
const start: IntentHistory = { intent: first, past: [], future: [] }
const seedOf = (history: IntentHistory) => (history.intent.studies.a as { seed: number }).seed

describe('history of the intent', () => {
  it('undoes and redoes one change at a time', () => {
    const changed = changeIntent(changeIntent(start, at(2), false), at(3), false)
    const back = undo(changed)
    expect([seedOf(back), seedOf(undo(back)), seedOf(redo(back))]).toEqual([2, 1, 3])
    expect(undo(undo(back))).toEqual(undo(back))
    expect(redo(changed)).toBe(changed)
  })

  it('makes one step of a drag', () => {
    let history = changeIntent(start, at(2), false)
    for (const replicaSeed of [3, 4, 5]) history = changeIntent(history, at(replicaSeed), true)
    expect(seedOf(undo(history))).toBe(1)
    expect(seedOf(redo(undo(history)))).toBe(5)
  })

  it('forgets what was undone once something new is done', () => {
    const back = undo(changeIntent(start, at(2), false))
    const other = changeIntent(back, at(9), false)
    expect(other.future).toEqual([])
    expect(redo(other)).toBe(other)
  })

  it('keeps the last 200 steps', () => {
    let history = start
    for (let i = 2; i <= 500; i++) history = changeIntent(history, at(i), false)
    expect(history.past).toHaveLength(200)
    for (let i = 0; i < 300; i++) history = undo(history)
    expect(seedOf(history)).toBe(300)
  })

  it('undo takes back any change, and redo brings it again, whatever came before', () => {
    const command = fc.oneof(
      fc.record({ kind: fc.constant('change' as const), seed: fc.nat(1000), same: fc.boolean() }),
      fc.record({ kind: fc.constant('undo' as const) }),
      fc.record({ kind: fc.constant('redo' as const) }),
    )
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), fc.nat(1000), (commands, seed) => {
        let history = start
        for (const c of commands) {
          if (c.kind === 'change') history = changeIntent(history, at(c.seed), c.same)
          else history = c.kind === 'undo' ? undo(history) : redo(history)
        }
        const changed = changeIntent(history, at(seed), false)
        expect(undo(changed).intent).toEqual(history.intent)
        expect(redo(undo(changed)).intent).toEqual(changed.intent)
        // All the way back is always the beginning, all the way forward the newest.
        let back = changed
        while (back.past.length) back = undo(back)
        if (!commands.some((c) => c.kind === 'change' && c.same)) expect(back.intent).toEqual(first)
        let forward = back
        while (forward.future.length) forward = redo(forward)
        expect(forward.intent).toEqual(changed.intent)
        expect(forward.past).toHaveLength(changed.past.length)
      }),
    )
  })
})
