import type { ChainFile } from '../../../dataset/chains/posterior-chain.ts'
import { AppError } from '../../../errors.ts'
import { withShortName } from '../../../core/short-named-file.ts'
import type { TopPairContext } from '../model.ts'
import type { FitRunner } from './fit-runner.ts'

/** Largest chain that is read. */
const largestChainBytes = 64 * 1024 * 1024

/** A posterior of someone else beside the fits: for this visit, and in bundles. */
export function createDroppedChain(
  { fit, update, work, setup }: Pick<FitRunner, 'fit' | 'update' | 'work' | 'setup'>,
  { notify }: Pick<TopPairContext, 'notify'>,
) {
  let under: AbortController | undefined

  /**
   * The latest wins; what cannot be read leaves what was there.
   *
   * @param tell  what it is, as soon as that is known: the plot takes longer
   */
  async function read(files: ChainFile[], tell = false): Promise<void> {
    under?.abort()
    const { signal } = (under = new AbortController())
    const now = setup()
    try {
      const posterior = await work('read-chain', { files, setup: now }, signal, ({ label, told }) => {
        if (tell && !signal.aborted) notify('info', `${label} is drawn beside the fits. ${told.join(' ')}`)
      })
      if (!signal.aborted) update({ chain: { files, operators: now.operators, posterior } })
    } catch (thrown) {
      if (!signal.aborted) notify('error', AppError.from(thrown).message)
    }
  }

  return {
    async drop(dropped: readonly File[]): Promise<void> {
      const files = dropped.map(withShortName)
      const size = files.reduce((sum, file) => sum + file.size, 0)
      if (size > largestChainBytes)
        return notify(
          'error',
          `${files[0].name}: the chain has ${size} bytes, at most ${largestChainBytes} (64 MiB) are read. Thin it.`,
        )
      await read(
        await Promise.all(
          files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
        ),
        true,
      )
    },
    read: (files: ChainFile[]) => read(files),
    /** Of the coefficients that the set-up has now. */
    async look(): Promise<void> {
      const { chain } = fit()
      if (chain && chain.operators.join() !== setup().operators.join()) await read(chain.files)
    },
    forget(): void {
      under?.abort()
      update({ chain: null })
    },
  }
}
