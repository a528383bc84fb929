import { expect, it } from 'vitest'
import { createAppActions } from '../../core/app-actions.ts'
import { createAppStore } from '../../core/app-store.ts'
import { studies } from '../../studies/studies.ts'
import { defaultIntent } from './default-intent.ts'
import { leaveLink } from './leave-link.ts'

function page() {
  const parts = Object.fromEntries(studies.map(({ id, emptyState }) => [id, emptyState]))
  const store = createAppStore(defaultIntent(studies), parts)
  return { store, actions: createAppActions(store), intent: () => store.getState().intent }
}

it('leads back to what was open, also after other changes, and can be undone', () => {
  const { store, actions, intent } = page()
  actions.go('train')
  const before = intent()
  actions.replace({ ...before, view: 'compare' })
  const { label, run } = leaveLink(store, actions, studies)
  expect(label).toBe('Go back to what was open')
  actions.go('data')
  run()
  expect(intent()).toBe(before)
  actions.undo()
  expect(intent().view).toBe('data')
})

it('leads from a page that opened with the link to what the page opens with', () => {
  const { store, actions, intent } = page()
  store.setState({ intent: { ...intent(), view: 'data' } })
  const { label, run } = leaveLink(store, actions, studies)
  expect(label).toBe('Open without the link')
  run()
  expect(intent()).toEqual(defaultIntent(studies))
})
