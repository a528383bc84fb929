import { createStore } from 'zustand/vanilla'

/** The term that the glossary shows; null: it is closed. No part of the analysis, so no part of a link. */
export const glossary = createStore<{ term: string | null }>(() => ({ term: null }))
