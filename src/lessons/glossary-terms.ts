export interface GlossaryTerm {
  readonly id: string
  /** Plain Unicode */
  readonly formula?: string
  /** Where the documents of the project treat it. */
  readonly docs: string
}

/** Terms of lessons and app; their names and texts are messages. */
export const glossaryTerms: readonly GlossaryTerm[] = [
  { id: 'universe', formula: 'dσ = dσ_SM + Σ_i C_i dσ_i + Σ_ij C_i C_j dσ_ij', docs: 'docs/physics.md' },
  { id: 'wilson-coefficient', formula: 'L = L_SM + Σ_i C_i/Λ² O_i', docs: 'docs/physics.md' },
  { id: 'operator', docs: 'docs/physics.md' },
  { id: 'standard-model', formula: 'C_i = 0', docs: 'docs/physics.md' },
  { id: 'spectrum', formula: 'dσ/dm_ℓℓ', docs: 'docs/physics.md' },
  { id: 'ratio', formula: 'σ_bin(C) / σ_bin(0)', docs: 'docs/physics.md' },
  { id: 'z-pole', formula: 'm_Z = 91.19 GeV', docs: 'docs/physics.md' },
  { id: 'tail', docs: 'docs/physics.md' },
  { id: 'linear', formula: 'σ = σ_SM + C σ_1', docs: 'docs/physics.md' },
  { id: 'quadratic', formula: 'σ = σ_SM + C σ_1 + C² σ_2', docs: 'docs/physics.md' },
  { id: 'replica', formula: 'x = μ + A g, A Aᵀ = V', docs: 'docs/statistics.md' },
  { id: 'covariance', formula: 'V_ij = ⟨(x_i − μ_i)(x_j − μ_j)⟩', docs: 'docs/statistics.md' },
  { id: 'whitening', formula: 'z = V^(−1/2) (x − x_SM)', docs: 'docs/statistics.md' },
  { id: 'fisher-distance', formula: 'd² = Δᵀ V⁻¹ Δ', docs: 'docs/statistics.md' },
  { id: 'latent-space', docs: 'docs/statistics.md' },
  { id: 'neighbour', docs: 'docs/statistics.md' },
]
