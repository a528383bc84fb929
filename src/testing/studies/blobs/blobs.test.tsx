// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { createDropFiles } from '../../../app/drop-files.ts'
import { createLinks } from '../../../app/links/links.ts'
import { defaultIntent } from '../../../app/links/default-intent.ts'
import { runCommandLine } from '../../../cli/run-command.ts'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import type { Verb } from '../../../core/verbs.ts'
import { everyStudy } from '../../every-study.ts'
import { drawnOn } from '../../drawn-on.ts'
import { studyPage } from '../../study-page.tsx'
import { blobsDefaults } from './default-intent.ts'
import { smallPlatform } from '../../small-page.ts'
import { commands } from './cli/commands.ts'
import type { BlobsIntent } from './intent.ts'
import type { BlobsParts } from './open.ts'
import { blobs } from './study.ts'

drawnOn(400, 400)

const page = (view: Verb, patch: Partial<BlobsIntent> = {}) =>
  studyPage(blobs, { ...blobsDefaults, perClass: 20, ...patch }, view, createMemoryCheckpointStore())

it('is drawn by its worker, selected on, and lists the neighbours of a point', async () => {
  const { context } = page('explore', { camera: { x: 0, y: 0, halfSpan: 4 } })
  const map = await screen.findByRole('application', {}, { timeout: 5000 })
  expect(screen.getByText(/60 points shown of 60/)).toBeTruthy()
  expect(screen.getByLabelText('Legend').textContent).toBe('firstsecondthird')

  // A region by its corners, without a mouse: the right half of the map.
  fireEvent.click(screen.getByRole('radio', { name: 'Vertices' }))
  const go = (key: string, steps: number) => {
    for (let i = 0; i < steps; i++) fireEvent.keyDown(map, { key, shiftKey: true })
  }
  go('ArrowUp', 4)
  fireEvent.keyDown(map, { key: ' ' })
  go('ArrowRight', 4)
  fireEvent.keyDown(map, { key: ' ' })
  go('ArrowDown', 8)
  fireEvent.keyDown(map, { key: ' ' })
  go('ArrowLeft', 4)
  fireEvent.keyDown(map, { key: ' ' })
  fireEvent.keyDown(map, { key: 'Enter' })
  const { selection } = context.store.getState().intent
  expect(selection?.kind).toBe('polygon')
  const value = context.store.getState().points.value!
  const right = Array.from({ length: 60 }, (_, i) => i).filter(
    (i) => value.xy[2 * i] > 0 && value.xy[2 * i] < 4,
  )
  expect(right.length).toBeGreaterThan(10)
  const table = screen.getByRole('table', { name: 'Selected points' })
  expect(within(table).getAllByRole('row')).toHaveLength(1 + right.length)

  fireEvent.click(screen.getByRole('radio', { name: 'Pan' }))
  fireEvent.keyDown(map, { key: 'ArrowRight' })
  fireEvent.keyDown(map, { key: 'Enter' })
  const { focus } = context.store.getState().intent
  if (focus === null) throw new Error('no point was picked')
  const distance = (i: number) =>
    Math.hypot(...[0, 1, 2, 3].map((c) => value.values[4 * i + c] - value.values[4 * focus + c]))
  const expected = Array.from({ length: 60 }, (_, i) => i)
    .filter((i) => i !== focus)
    .sort((a, b) => distance(a) - distance(b))
  const names = screen.getAllByRole('listitem').map((item) => /Point (\d+)/.exec(item.textContent)?.[1])
  expect(names).toEqual(expected.slice(0, 10).map(String))
})

it('a link of every study brings all of it back', async () => {
  const links = createLinks(everyStudy, smallPlatform(createMemoryCheckpointStore()))
  const start = defaultIntent(everyStudy)
  const mine: BlobsIntent = {
    ...{ seed: 7, perClass: 333, focus: 12, neighbours: 5, colourBy: 'class', classContours: false },
    tour: { plane: [1, 0, 0, 0, 1, 0] },
    named: [{ name: 'right', selection: { kind: 'rule', text: 'x1 > 0' } }],
    camera: { x: 0.5, y: -1, halfSpan: 2.25 },
    selection: {
      kind: 'polygon',
      points: [
        [0, 0],
        [1, 0],
        [0.25, 2],
      ],
    },
    compare: { maps: ['pca', 'trained', 'x1-x2'], align: false, trails: true, colour: 'kept', cameras: {} },
  }
  const intent = { ...start, study: blobs.id, studies: { ...start.studies, [blobs.id]: mine } }
  const opened = await links.read(await links.write(intent))
  expect(opened).toMatchObject({ readable: true, messages: [], intent })
  // What is as by default is not written.
  expect(await links.write({ ...start, study: blobs.id })).toMatch(
    /^#v=2&k=[^&]+&g=3&view=explore&data=blobs-4d&model=dy-supcon-2d$/,
  )
})

const csv = (name: string, text: string) => new File([text], name)

it('takes points by content, shows them as a class of their own, and refuses others in one sentence', async () => {
  const { context, appStore, shell, open, platform } = page('data')
  const noBundle = () => expect.unreachable('no bundle is dropped')
  const drop = createDropFiles([blobs], appStore, shell, open, () => undefined, noBundle, platform)
  await screen.findByText('60 points, 0 of them from a file.', {}, { timeout: 5000 })
  await drop([csv('mine.dat', 'x1,x2,x3,x4\n1,2,3,4\n5,6,7,8\n')])
  await screen.findByText('62 points, 2 of them from a file.')
  expect(context.store.getState().intent.view).toBe('explore')
  const value = context.store.getState().points.value!
  expect([...value.kind.subarray(59)]).toEqual([2, 3, 3])
  expect([...value.values.subarray(240)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])

  for (const [name, text, complaint] of [
    ['flat.csv', 'x1,x2\n1,2\n', 'flat.csv has points of 2 columns, 4 are read here: x1,x2,x3,x4'],
    ['hole.csv', 'x1,x2,x3,x4\n1,2,3,4\n1,nan,3,4\n', 'hole.csv, line 3, x2: a point needs a finite number'],
    ['other.csv', 'a,b\n1,2\n', 'Nothing here reads other.csv'],
  ]) {
    await drop([csv(name, text)])
    expect(appStore.getState().notices.at(-1)?.text).toContain(complaint)
  }
  expect(context.store.getState().points.value).toBe(value)
})

it('draws again for another seed, the same for the same', async () => {
  const { context, open } = page('data', { seed: 3 })
  await screen.findByText(/60 points/, {}, { timeout: 5000 })
  const first = context.store.getState().points.value!
  const [next] =
    (await blobs.commands?.(async () => (await open.open(blobs.id)).handle as BlobsParts['handle'])) ?? []
  next.run()
  await waitFor(() => expect(context.store.getState().points.value?.xy).not.toEqual(first.xy))
  context.change({ seed: 3 })
  await waitFor(() => expect(context.store.getState().points.value?.xy).toEqual(first.xy))
})

it('prints the same map on the command line', async () => {
  const out: string[] = []
  const err: string[] = []
  const streams = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
  expect(await runCommandLine(['blobs', '--seed', '3', '--per-class', '20'], streams, { commands })).toBe(0)
  const { context } = page('data', { seed: 3 })
  await screen.findByText(/60 points/, {}, { timeout: 5000 })
  expect(JSON.parse(out[0]).xy).toEqual([...context.store.getState().points.value!.xy])
  expect(await runCommandLine(['blobs', '--per-class', '3'], streams, { commands })).toBe(2)
  expect(err.join()).toContain('10')
})
