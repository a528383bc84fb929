import { expect, it } from 'vitest'
import { droppedFolder, type FolderContent } from '../testing/folders.ts'
import { droppedIn } from './dropped.ts'
import { folderOf, pathOf } from './file-path.ts'
import { filesOfFolder } from './folder-files.ts'

it('finds all files of a folder with their paths, hidden ones left out', async () => {
  const files = await filesOfFolder(
    droppedFolder('plan', {
      'plan.json': '{}',
      a: { 'card.json': '1', 'b.bin': '2', c: { d: '3' } },
      '.snakemake': { e: '4' },
    }),
  )
  expect(files.map(pathOf)).toEqual(['plan/plan.json', 'plan/a/card.json', 'plan/a/b.bin', 'plan/a/c/d'])
  expect(files.map(folderOf)).toEqual(['plan', 'plan/a', 'plan/a', 'plan/a/c'])
  expect(await files[3].text()).toBe('3')
})

it('refuses folders in folders without end', async () => {
  let deep: FolderContent = {}
  for (let i = 0; i < 20; i++) deep = { x: deep }
  await expect(filesOfFolder(droppedFolder('deep', deep))).rejects.toThrow(
    /The folder deep has folders in folders more than 16 deep/,
  )
})

it('tells folders from files within the event', () => {
  const [folder, file] = [droppedFolder('plan', {}), new File(['1'], 'a.csv')]
  const item = (entry: unknown) => ({ kind: 'file', webkitGetAsEntry: () => entry }) as DataTransferItem
  const items = [item(folder), item({ isDirectory: false })] as unknown as DataTransferItemList
  const files = [new File([], 'plan'), file] as unknown as FileList
  expect(droppedIn({ items, files })).toEqual({ files: [file], folders: [folder] })
  expect(droppedIn({ files })).toMatchObject({ folders: [] })
})
