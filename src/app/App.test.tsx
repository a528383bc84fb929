// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keptCopies } from '../testing/downloads.ts'
import { acting } from '../testing/drawn-parts.tsx'
import { button, drop, press, set } from '../testing/hands.ts'
import { beingPatient, eventually } from '../testing/patience.ts'
import { drawnOn } from '../testing/drawn-on.ts'
import { wholePage } from '../testing/whole-page.tsx'

beingPatient()
drawnOn(800, 500)
beforeEach(() => {
  window.history.replaceState(null, '', '#')
  localStorage.clear()
})

const key = (name: string, more: KeyboardEventInit = {}, on: Element | Window = window) =>
  acting(() => fireEvent.keyDown(on, { key: name, ctrlKey: true, ...more }))
const toasts = () => document.querySelector('.toasts')?.textContent ?? ''
/** The page with its map open. */
async function page() {
  const made = wholePage()
  await screen.findByText(/48 points shown of 48/)
  return { ...made, view: () => made.store.getState().intent.view }
}

describe('navigation', () => {
  it('goes through the views, and says in the title where one is', async () => {
    const { view } = await page()
    expect(document.title).toBe('Explore · Theoryscape')
    const nav = screen.getByRole('navigation', { name: 'Views' })
    expect(
      within(nav)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual([...['Explore', 'Compare', 'Interpret', 'Train', 'Fit', 'Data', 'Learn']])
    await press('Data', nav)
    await screen.findByRole('complementary', { name: 'Conventions' })
    expect([view(), document.title]).toEqual(['data', 'Data · Theoryscape'])
    expect(button('Data', nav).getAttribute('aria-current')).toBe('page')
    fireEvent.click(button('Skip to content'))
    expect(document.activeElement?.id).toBe('main')
  })

  it('shows the Fit of top pairs where the front study has none, and says so', async () => {
    const { store } = await page()
    await press('Fit')
    await screen.findByTestId('fit')
    expect(screen.getByText(/Drell-Yan has no Fit: shown is that of Top-quark pairs/)).toBeTruthy()
    expect(store.getState().intent.study).toBe('drell-yan')
    // The menu has the datasets of all; taking another puts its study in front.
    await set('Dataset', 'tt-13tev')
    expect(store.getState().intent.study).toBe('top-pair')
    expect(screen.queryByText(/has no Fit/)).toBeNull()
  })

  it('opens the three ways that an untouched page offers', async () => {
    const { view } = await page()
    await press('Train it yourself')
    expect(view()).toBe('train')
    await screen.findByRole('region', { name: 'Settings' })
    await press('Undo')
    expect(view()).toBe('explore')
  })
})

describe('undo and redo', () => {
  it('by button and by key, but not in a text field, which has its own', async () => {
    const { store } = await page()
    const order = () => (store.getState().intent.studies['drell-yan'] as { order: string }).order
    await screen.findByRole('region', { name: 'Inspector' })
    const quadratic = await screen.findByRole('radio', { name: 'linear + quadratic' })
    await acting(() => fireEvent.click(quadratic))
    expect(order()).toBe('quadratic')
    await press('Undo')
    expect(order()).toBe('linear')
    await press('Redo')
    expect(order()).toBe('quadratic')
    await key('z')
    expect(order()).toBe('linear')
    await key('Z', { shiftKey: true })
    expect(order()).toBe('quadratic')
    await key('z', {}, screen.getByRole('searchbox'))
    expect(order()).toBe('quadratic')
    await key('z', {}, screen.getByRole('radio', { name: 'linear + quadratic' }))
    expect(order()).toBe('linear')
    await key('z', { altKey: true })
    expect(button('Redo').disabled).toBe(false)
  })
})

describe('share', () => {
  it('copies a link that opens the same, and says what no link carries with a bundle to take along', async () => {
    const { store, links, saveBundle } = await page()
    const copies = keptCopies()
    await press('Share')
    await eventually(() => expect(toasts()).toContain('Link copied. It opens to exactly this analysis.'))
    const read = await links.read(copies[0])
    expect(read.intent).toEqual(store.getState().intent)

    await drop(document.querySelector('.app') as Element, new File(['1,1,1,1,1,1,1,1,1,1,1\n'], 'mine.csv'))
    await eventually(() => expect(document.body.textContent).toContain('mine.csv'))
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    await press('Share')
    await eventually(() =>
      expect(toasts()).toContain(
        'The link is in the address bar: copy it from there. It opens to these settings without the dropped spectra mine.csv',
      ),
    )
    await press('Save bundle')
    expect(saveBundle).toHaveBeenCalledOnce()
    // An answer closes what was asked.
    expect(toasts()).not.toContain('The link is in the address bar')
  })
})

it('opens a bundle without a mouse: a command asks for files', async () => {
  const { openBundle } = await page()
  const input = screen.getByLabelText<HTMLInputElement>('Files to open')
  const asked = vi.spyOn(input, 'click')
  await key('k')
  const field = await screen.findByRole('combobox', { name: 'Find a command' })
  await acting(() => fireEvent.change(field, { target: { value: 'open files' } }))
  await acting(() => fireEvent.keyDown(field, { key: 'Enter' }))
  expect(asked).toHaveBeenCalledOnce()
  const bundle = new File([`PK\u0003\u0004${' '.repeat(26)}theoryscape.json{}`], 'a friend’s.zip')
  await acting(() => fireEvent.change(input, { target: { files: [bundle] } }))
  await eventually(() => expect(openBundle.mock.calls).toEqual([[bundle]]))
})

describe('commands', () => {
  it('are found by what they are called, by keys alone', async () => {
    const { store, view } = await page()
    await key('k')
    const field = await screen.findByRole('combobox', { name: 'Find a command' })
    const listed = () => within(screen.getByRole('listbox', { name: 'Commands' })).getAllByRole('option')
    const options = () => listed().map(({ textContent }) => textContent)
    expect(options().length).toBeGreaterThan(30)
    await acting(() => fireEvent.change(field, { target: { value: 'order' } }))
    expect(options()).toContain('Linear orderCoefficients')
    await acting(() => fireEvent.keyDown(field, { key: 'ArrowDown' }))
    expect(listed()[1].getAttribute('aria-selected')).toBe('true')
    for (const name of ['ArrowUp', 'ArrowUp', 'PageUp'])
      await acting(() => fireEvent.keyDown(field, { key: name }))
    await acting(() => fireEvent.change(field, { target: { value: 'colour cHe' } }))
    await acting(() => fireEvent.keyDown(field, { key: 'Enter' }))
    await eventually(() =>
      expect((store.getState().intent.studies['drell-yan'] as { colourBy: string }).colourBy).toBe('cHe'),
    )
    expect(screen.queryByRole('combobox', { name: 'Find a command' })).toBeNull()

    await press(/^Commands/)
    const again = await screen.findByRole('combobox', { name: 'Find a command' })
    await acting(() => fireEvent.change(again, { target: { value: 'qqq' } }))
    expect(screen.getByText('No command matches “qqq”.')).toBeTruthy()
    await acting(() => fireEvent.change(again, { target: { value: 'fit wilson' } }))
    await acting(() => fireEvent.click(listed()[0]))
    expect(view()).toBe('fit')
  })
})

it('has news that go by themselves, and warnings that stay until they are dismissed', async () => {
  const { actions } = await page()
  vi.useFakeTimers()
  try {
    await act(async () => {
      actions.notify('info', 'Saved.')
      actions.notify('error', 'It failed.')
      actions.notify('error', 'It failed.')
    })
    expect(toasts()).toMatch(/Saved\..*It failed\. \(2 times\)/)
    await act(async () => vi.advanceTimersByTime(10_001))
    expect(toasts()).not.toContain('Saved.')
    expect(toasts()).toContain('It failed.')
    await act(async () => fireEvent.click(button('Dismiss: It failed.')))
    expect(toasts()).toBe('')
  } finally {
    vi.useRealTimers()
  }
})

it('turns light and dark, and remembers it', async () => {
  await page()
  await press('Theme: system')
  expect(document.documentElement.dataset.theme).toBe('light')
  await press('Theme: light')
  expect([document.documentElement.dataset.theme, localStorage.getItem('theoryscape-theme')]).toEqual([
    'dark',
    'dark',
  ])
  await press('Theme: dark')
  expect(document.documentElement.dataset.theme).toBeUndefined()
})
