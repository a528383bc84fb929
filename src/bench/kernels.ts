import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { above, below, type BenchRow, type Target } from './report.ts'
import type { BenchSubject, Log } from './subject.ts'

/** Ratios that the kernels are held to, by the beginning of their line. */
const peerTargets: [string, Target, string][] = [
  ['contrastive 71-128-64-2 ', below(0.7), 'PyTorch'],
  ['log sums 10000 x (1 + 4)', below(0.25), 'numpy'],
  ['64 log sums 10000 x (1 + 4)', below(0.25), 'numpy'],
  ['nearest 50 of 100000 x 100', below(0.8), 'numpy'],
]

/**
 * Runs kernels.bench.ts, which prints its own table as it goes, and holds what it prints against the targets.
 * Lines: `| name | best | median | peer's best (ours/peer ratio) | note |`.
 */
export async function* kernelsSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  const script = fileURLToPath(new URL('../kernels/kernels.bench.ts', import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line)
    yield* judge(line)
  }
  const code = await ended
  if (code !== 0) log(`kernels.bench.ts ended with exit code ${code}`)
}

function* judge(line: string): Generator<BenchRow, void> {
  const workers = /^workers, .* two .*\(([\d.]+) x\)/.exec(line)
  if (workers)
    yield {
      name: 'two networks in two workers',
      unit: 'x one',
      value: Number(workers[1]),
      target: above(1.9),
    }
  const [, name = '', , , peer = '', note = ''] = line.split('|').map((cell) => cell.trim())
  const share = /([\d.]+) % of the tile/.exec(note)
  if (share)
    yield { name: `${name}, share of the bare tile`, unit: '%', value: Number(share[1]), target: above(80) }
  const ratio = /ours\/peer ([\d.]+)/.exec(peer)
  const goal = peerTargets.find(([start]) => name.startsWith(start))
  if (ratio)
    yield {
      name: `${name}, ours over the peer`,
      unit: 'x',
      value: Number(ratio[1]),
      target: goal?.[1],
      note: goal?.[2],
    }
}
