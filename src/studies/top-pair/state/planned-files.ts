import { folderOf, pathOf } from '../../../core/file-path.ts'
import { AppError } from '../../../errors.ts'
import { chooseNetworks, readNetworkFiles } from '../analysis/choose-networks.ts'
import type { PlannedFiles } from '../analysis/plan/plan.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'

/** A plan is told by its beginning. */
const sniffedBytes = 200
/** Of all networks of a folder: as much as a bundle may hold. */
const largestBytes = 256 * 2 ** 20

async function isPlan(file: File): Promise<boolean> {
  return /^\uFEFF?\s*\{\s*"format"\s*:\s*"theoryscape-plan"/.test(await file.slice(0, sniffedBytes).text())
}

/** The plan among files: the one that lies highest. */
async function planAmong(files: readonly File[]): Promise<File | null> {
  const depth = (file: File) => pathOf(file).split('/').length
  const named = files.filter(({ name }) => /^plan.*\.json$/.test(name))
  for (const file of named.sort((a, b) => depth(a) - depth(b))) if (await isPlan(file)) return file
  return null
}

/**
 * The files of a plan and its networks: all of its folder, or what of loose files is one or the other. None where no plan is among them.
 */
export async function choosePlanned(files: readonly File[]): Promise<File[]> {
  const plan = await planAmong(files)
  if (!plan) return []
  const folder = folderOf(plan)
  if (folder) return files.filter((file) => pathOf(file).startsWith(`${folder}/`))
  return [plan, ...(await chooseNetworks(files))]
}

/**
 * What choosePlanned chose, read. In a folder a network is a folder with card.json.
 *
 * @throws AppError 'data/not-found' for a network without its weights, 'input/invalid' with both numbers for more bytes than are read
 */
export async function readPlanned(files: readonly File[]): Promise<PlannedFiles> {
  const plan = await planAmong(files)
  if (!plan)
    throw new AppError('input/invalid', 'None of the files is a plan. Choose the folder with plan.json.')
  const text = await plan.text()
  const others = files.filter((file) => file !== plan)
  if (folderOf(plan)) return { plan: text, files: await readFolders(others) }
  return { plan: text, files: others.length > 0 ? await readNetworkFiles(others) : [] }
}

async function readFolders(files: readonly File[]): Promise<NetworkFiles[]> {
  const at = new Map(files.map((file) => [pathOf(file), file]))
  const folders = files.filter(({ name }) => name === 'card.json').map(folderOf)
  const found = folders.map((folder) => {
    const [card, weights, run] = ['card.json', 'weights.bin', 'run.json'].map((name) =>
      at.get(`${folder}/${name}`),
    )
    if (card && weights) return { folder, card, weights, run }
    throw new AppError(
      'data/not-found',
      `There is no weights.bin in ${folder}. Make it again with run-task, or leave the folder out.`,
    )
  })
  const bytes = found.reduce(
    (sum, { card, weights, run }) => sum + card.size + weights.size + (run?.size ?? 0),
    0,
  )
  if (bytes > largestBytes)
    throw new AppError(
      'input/invalid',
      `The ${found.length} networks have ${bytes} bytes, at most ${largestBytes} (256 MiB) are read. Fit them with fit --plan, and drop its bundle.`,
    )
  return Promise.all(
    found.map(async ({ folder, card, weights, run }) => ({
      name: folder.split('/').at(-1)!,
      card: await card.text(),
      weights: new Uint8Array(await weights.arrayBuffer()),
      run: run ? await run.text() : null,
    })),
  )
}
