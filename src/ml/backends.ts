import * as tf from '@tensorflow/tfjs-core'
import { AppError } from '../errors.ts'
import { isLost } from './device-loss.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import {
  checkBackend,
  kernelRunner,
  largestAllowedDeviation,
  measureStep,
  tensorRunner,
  type ProbeRunner,
  type ProbeShape,
} from './backend-probe.ts'
import { backendNames, type BackendChoice, type BackendName } from './training-config.ts'
import { registerWasmMatMulFix } from './wasm-matmul-fix.ts'

export const tfjsVersion = tf.version_core

type WasmFile =
  'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm'

export interface BackendOptions {
  /** Addresses of the .wasm files as the page's build names them; left out in Node, which finds its own. */
  wasmFiles?: Record<WasmFile, string>
  /** Longest wait for a backend to start [ms]: an adapter may never answer. */
  startTimeoutMs?: number
  /** Longest measurement of each backend in probeBackends [ms]; one step is always made. */
  budgetMs?: number
  /** No other backend is started where one needs less than this per step [ms]. */
  enoughMs?: number
  shape?: ProbeShape
}

/** What was found about one backend; the page shows all of them. */
export interface BackendReport {
  name: BackendName
  available: boolean
  /** Why it is not available, or was not measured. */
  reason?: string
  /** Median time of a training step of the probe's shape [ms]. */
  msPerStep?: number
  /** Largest relative difference of loss, gradient and batch statistics from the cpu backend. */
  maxDeviation?: number
  chosen: boolean
}

type Trial = BackendReport & { msPerSmallStep: number }

/**
 * Makes a backend current for this thread: the named one, or for 'auto' the fastest that agrees with cpu.
 *
 * @returns  reports of all that were tried, one of them chosen
 * @throws   AppError 'ml/backend-unavailable' where the named one does not start or computes something else
 */
export function initBackend(choice: BackendChoice, options: BackendOptions = {}): Promise<BackendReport[]> {
  return inTurn(() => makeCurrent(choice, options))
}

/** One after the other: TensorFlow.js has one current backend for all of a thread. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const own = turn.then(work)
  turn = own.catch(() => undefined)
  return own
}

let turn: Promise<unknown> = Promise.resolve()

async function makeCurrent(choice: BackendChoice, options: BackendOptions): Promise<BackendReport[]> {
  if (choice === 'auto') return fastestBackend(options)
  const report: BackendReport = await tryBackend(choice, options)
  if (!report.available)
    throw new AppError(
      'ml/backend-unavailable',
      `Backend ${choice} cannot be used: ${report.reason}. Choose another, or "auto".`,
      { ...report },
    )
  if (choice !== 'kernels') await tf.setBackend(choice)
  return [{ ...report, chosen: true }]
}

/** What a thread found, by the options that it asks with, where it chose our kernels: these are never lost. */
const found = new WeakMap<BackendOptions, Promise<BackendReport[]>>()

async function fastestBackend(options: BackendOptions): Promise<BackendReport[]> {
  const known = found.get(options)
  if (known) return known
  const probing = probeBackends(backendNames, { enoughMs: fastEnoughMs, ...options })
  found.set(options, probing)
  const reports = await probing.catch((thrown: unknown) => {
    found.delete(options)
    throw thrown
  })
  if (reports.find(({ chosen }) => chosen)?.name !== 'kernels') found.delete(options)
  return reports
}

/**
 * Starts, checks and measures each backend and makes the fastest current. A graphics card must be this much
 * faster than WebAssembly to be chosen, because training then also slows the page's own drawing.
 */
const graphicsHandicap = 1.25

/**
 * A training step is about a hundred small operations, and handing them to a graphics card takes longer than this
 * [ms]; our kernels are the fastest on a processor (docs/performance.md). Where they already need less, starting and
 * measuring the others (seconds, with graphics in software) cannot pay.
 */
const fastEnoughMs = 4

/** What is measured first decides when a training begins: a median of fewer steps will do [ms]. */
const firstBudgetMs = 150
const firstSteps = 6

const isGraphics = (name: BackendName): boolean => name === 'webgl' || name === 'webgpu'

function runnerOf(name: BackendName): Promise<ProbeRunner> | ProbeRunner {
  return name === 'kernels' ? loadKernels().then(kernelRunner) : tensorRunner(name)
}

export async function probeBackends(
  names: readonly BackendName[],
  options: BackendOptions = {},
): Promise<BackendReport[]> {
  const measuring = measureBackends(names, options)
  for (;;) {
    const next = await measuring.next()
    if (next.done) return next.value
  }
}

/**
 * What initBackend('auto') does, an engine at a time, for a training that goes on in between on our kernels. Its end makes
 * the fastest current.
 */
export async function* fastestInPieces(
  options: BackendOptions,
): AsyncGenerator<BackendName, BackendReport[], void> {
  const measuring = measureBackends(backendNames, { enoughMs: fastEnoughMs, ...options })
  for (;;) {
    const next = await inTurn(() => measuring.next())
    if (next.done) return next.value
    yield next.value
  }
}

/** Yields each engine that was measured. */
async function* measureBackends(
  names: readonly BackendName[],
  options: BackendOptions,
): AsyncGenerator<BackendName, BackendReport[], void> {
  const reports: BackendReport[] = []
  // Graphics last: a card drawn in software takes seconds for a full step, so one whose small step is already
  // slower than a full one elsewhere is not measured further.
  const order = [...names].sort((a, b) => Number(isGraphics(a)) - Number(isGraphics(b)))
  let best = Infinity
  for (const name of order) {
    if (best < (options.enoughMs ?? 0)) {
      const reason = `not measured: a step takes ${best.toFixed(1)} ms elsewhere`
      reports.push({ name, available: false, reason, chosen: false })
      continue
    }
    const { msPerSmallStep, ...report } = await tryBackend(name, options)
    reports.push(report)
    if (!report.available) continue
    if (msPerSmallStep > best) {
      report.reason = `a small step takes ${msPerSmallStep.toFixed(0)} ms, a full one elsewhere ${best.toFixed(0)} ms`
      continue
    }
    const first = best === Infinity
    const times = await measureStep(
      await runnerOf(name),
      options.budgetMs ?? (first ? firstBudgetMs : 500),
      options.shape,
      // On a busy machine the least of a few tells what an engine can do.
      first && options.enoughMs ? firstSteps : 0,
    )
    report.msPerStep = times.median
    best = Math.min(best, options.enoughMs ? times.least : times.median)
    yield name
  }
  reports.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  const cost = ({ name, msPerStep = Infinity }: BackendReport): number =>
    msPerStep * (isGraphics(name) ? graphicsHandicap : 1)
  const usable = reports.filter((report) => report.msPerStep).sort((a, b) => cost(a) - cost(b))
  if (usable.length === 0)
    throw new AppError(
      'ml/backend-unavailable',
      `None of ${names.join(', ')} can be used: ${reports.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}.`,
      { reports },
    )
  usable[0].chosen = true
  if (usable[0].name !== 'kernels') await tf.setBackend(usable[0].name)
  return reports
}

async function tryBackend(name: BackendName, options: BackendOptions): Promise<Trial> {
  try {
    await startBackend('cpu', options) // the reference of the cross-check
    if (name !== 'cpu' && name !== 'kernels') await startBackend(name, options)
    const { maxDeviation, msPerSmallStep } = await checkBackend(await runnerOf(name), tensorRunner('cpu'))
    const trial = { name, available: true, maxDeviation, msPerSmallStep, chosen: false }
    if (maxDeviation <= largestAllowedDeviation) return trial
    const reason = `its gradients differ from cpu by ${maxDeviation.toExponential(1)}, allowed is ${largestAllowedDeviation}`
    return { ...trial, available: false, reason }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { name, available: false, reason, msPerSmallStep: Infinity, chosen: false }
  }
}

export type TensorBackend = Exclude<BackendName, 'kernels'>

/** Each backend is a chunk of its own, loaded when first asked for. */
const load: Record<TensorBackend, (options: BackendOptions) => Promise<void>> = {
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu')
    tf.enableProdMode() // without it Node prints an advertisement on stderr
  },
  webgl: async () => void (await import('@tensorflow/tfjs-backend-webgl')),
  async webgpu() {
    const gpu = (globalThis.navigator as Partial<Navigator> | undefined)?.gpu
    if (!gpu) throw new Error('this browser has no WebGPU')
    if (!(await gpu.requestAdapter())) throw new Error('there is no graphics adapter for WebGPU')
    await import('@tensorflow/tfjs-backend-webgpu')
  },
  async wasm({ wasmFiles }) {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    // With threads the minified build never starts in cross-origin isolated pages, and there is no gain.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    if (wasmFiles && !started.has('wasm')) setWasmPaths(wasmFiles)
    registerWasmMatMulFix()
  },
}

// tfjs keeps its backends for the life of the thread; so must what is known about them.
const started = new Set<TensorBackend>()

async function startBackend(name: TensorBackend, options: BackendOptions): Promise<void> {
  if (started.has(name)) {
    if (isLost(tf.findBackend(name))) await restartBackend(name, options)
    return
  }
  const limit = options.startTimeoutMs ?? 10_000
  await withTimeout(load[name](options), limit)
  if (!tf.findBackendFactory(name)) throw new Error('it does not exist on this platform')
  if (!(await withTimeout(tf.setBackend(name), limit))) throw new Error('it failed to start')
  started.add(name)
}

/**
 * A backend with a new graphics context or device, after it lost the old one; it is then the current one.
 *
 * @throws AppError 'ml/backend-unavailable' where it does not come back
 */
export async function restartBackend(
  name: TensorBackend,
  options: Pick<BackendOptions, 'startTimeoutMs'> = {},
): Promise<void> {
  const factory = tf.findBackendFactory(name)
  const gone = (why: string): AppError =>
    new AppError('ml/backend-unavailable', `Backend ${name} did not come back: ${why}. Choose another.`)
  try {
    tf.removeBackend(name)
    tf.registerBackend(name, factory)
    if (await withTimeout(tf.setBackend(name), options.startTimeoutMs ?? 10_000)) return
  } catch (thrown) {
    throw gone(thrown instanceof Error ? thrown.message : String(thrown))
  }
  throw gone('it failed to start')
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not start within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
