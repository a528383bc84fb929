import { fireEvent, screen, within, type ByRoleMatcher } from '@testing-library/react'
import { acting } from './drawn-parts.tsx'

// What a person does with a page, and reads from it.

type Name = string | RegExp

/** Where to look; the whole page where it is left out. */
type Place = HTMLElement | undefined

const inside = (place: Place) => (place ? within(place) : screen)

export const button = (name: Name, place?: Place) =>
  inside(place).getByRole<HTMLButtonElement>('button', { name })
export const panel = (name: Name) => screen.getByRole('region', { name })

const click = (role: ByRoleMatcher, name: Name, place: Place) =>
  acting(() => fireEvent.click(inside(place).getByRole(role, { name })))

export const press = (name: Name, place?: Place) => click('button', name, place)
export const openTab = (name: Name, place?: Place) => click('tab', name, place)
export const pick = (name: Name, place?: Place) => click('radio', name, place)
export const tick = (name: Name, place?: Place) => click('checkbox', name, place)

/** Writes into a field and leaves it by Enter. */
export const type = (label: Name, value: string, place?: Place) =>
  acting(() => {
    const field = inside(place).getByLabelText(label)
    fireEvent.focus(field)
    fireEvent.change(field, { target: { value } })
    fireEvent.keyDown(field, { key: 'Enter' })
  })

/** Takes an option of a list, or moves a slider. */
export const set = (label: Name, value: string, place?: Place) =>
  acting(() => fireEvent.change(inside(place).getByLabelText(label), { target: { value } }))

export const drop = (on: Element, ...files: File[]) =>
  acting(() => fireEvent.drop(on, { dataTransfer: { files, types: ['Files'] } }))

/** Takes an item of a part's menu of exports. */
export async function exportAs(item: Name, place?: Place): Promise<void> {
  await press(/^Export/, place)
  await click('menuitem', item, undefined)
}

/** Cells of a table as they are read, without its head; all blanks are plain ones. */
export const rowsOf = (caption: Name, place?: Place): string[][] =>
  within(inside(place).getByRole('table', { name: caption }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim().replaceAll(/\s/g, ' ')))
