import type { ReactNode } from 'react'
import { glossary } from '../../core/glossary.ts'
import './term.css'

/** A word that the glossary explains, and opens it there. */
export function Term({ id, children }: { id: string; children: ReactNode }) {
  return (
    <button type="button" className="term" onClick={() => glossary.setState({ term: id })}>
      {children}
    </button>
  )
}
