import { initBackend } from '../ml/backends.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'
import { oneEpoch } from './one-epoch.ts'

// What a test of engines that only a browser has runs in an empty page.
declare global {
  interface Window {
    epochOnWebgl: (models: { id: string; features: number[] }[], seed: number) => Promise<string>
  }
}

window.epochOnWebgl = async (given, seed) => {
  const models = given.map(({ id, features }): ModelEvents => {
    return { id, title: id, features: Float32Array.from(features), events: features.length / 16 }
  })
  await initBackend('webgl', { startTimeoutMs: 60_000 })
  const { latents, heldOutLoss } = await oneEpoch(models, 'webgl', seed)
  return JSON.stringify({ latents: [...latents], heldOutLoss })
}
