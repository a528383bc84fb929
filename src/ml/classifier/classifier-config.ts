import * as z from 'zod'

z.config({ jitless: true })

/** 'ensemble' is several 'softmax' networks of different seeds whose probabilities are averaged. */
export const classifierMethods = ['dpn', 'evidential', 'ensemble', 'softmax'] as const
export type ClassifierMethod = (typeof classifierMethods)[number]

/** Hyper-parameters of one classifier; defaults in defaultClassifier(). */
export const classifierConfigSchema = z.object({
  method: z.enum(classifierMethods),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** Networks; 1 but for an ensemble. */
  members: z.number().int().min(1).max(20),
  /** Hidden units, ReLU between them. */
  widths: z.array(z.number().int().min(4).max(512)).max(4),
  steps: z.number().int().min(1).max(50_000),
  /** Rows of known universes per batch; a Dirichlet prior network gets as many out-of-distribution rows on top. */
  batch: z.number().int().min(8).max(4096),
  learningRate: z.number().min(1e-6).max(0.1),
  /** Concentration that a Dirichlet prior network aims at for the true class. */
  betaIn: z.number().min(1).max(1e6),
  /** Weight gamma of its out-of-distribution term. */
  outWeight: z.number().min(0).max(100),
  /** Steps of one epoch of the evidential loss, whose regulariser grows to full weight over ten of them. */
  epochSteps: z.number().int().min(1).max(10_000),
})

export type ClassifierConfig = z.infer<typeof classifierConfigSchema>
