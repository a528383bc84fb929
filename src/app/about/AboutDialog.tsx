import { useId } from 'react'
import { download } from '../../ui/common/download.ts'
import { useModal } from '../../ui/common/use-modal.ts'
import { product } from '../../product.ts'
import { bibTeX, references } from './references.ts'
import './about.css'

interface AboutDialogProps {
  onClose: () => void
  /** Says that something was copied, or why not. */
  notify: (text: string) => void
}

/** Version, licences and what to cite. */
export function AboutDialog({ onClose, notify }: AboutDialogProps) {
  const dialog = useModal()
  const titleId = useId()
  const all = bibTeX(references)
  const copy = () =>
    navigator.clipboard.writeText(all).then(
      () => notify('BibTeX copied.'),
      () => notify('The browser did not let the text be copied: save it as a file.'),
    )
  return (
    <dialog ref={dialog} className="overlay about" aria-labelledby={titleId} onClose={onClose}>
      <div className="about-body">
        <h2 id={titleId}>About and Cite</h2>
        <p>
          {product}: a map of new-physics theory space that computes in this browser. Nothing that you load
          leaves the page.
        </p>
        <h3>Licences</h3>
        <p>
          The app is free software under the MIT licence. It bundles React, Zustand, Zod, Plotly, hyparquet,
          pure-rand, JSROOT and fzstd (MIT), kdbush and yaml (ISC), and TensorFlow.js, stdlib and long (Apache
          2.0). Full notices are in NOTICE.md of the source.
        </p>
        <h3>Please cite</h3>
        <ul className="about-list">
          {references.map(({ key, title, authors, journal, eprint, year, for: what }) => (
            <li key={key}>
              {authors.map(plainName).join(', ')}: <cite>{title}</cite>
              {journal && `, ${journal}`}
              {eprint ? `, arXiv:${eprint}` : `, ${year}`} <span className="soft">for {what}</span>
            </li>
          ))}
        </ul>
        <details>
          <summary>BibTeX</summary>
          <pre className="about-bibtex" tabIndex={0} aria-label="BibTeX of all entries">
            {all}
          </pre>
        </details>
        <div className="row">
          <button type="button" className="button button-primary" onClick={() => void copy()}>
            Copy BibTeX
          </button>
          <button
            type="button"
            className="button"
            onClick={() => download(all, 'theoryscape.bib', 'application/x-bibtex;charset=utf-8')}
          >
            Save as .bib
          </button>
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  )
}

/** "Das Bakshi, Supratim" as it is read; "others" and names of collaborations without their braces. */
function plainName(author: string): string {
  if (author === 'others') return 'et al.'
  const [family, given] = author.replace(/[{}]/g, '').split(', ')
  return given ? `${given} ${family}` : family
}
