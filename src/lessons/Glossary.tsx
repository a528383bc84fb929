import { useId } from 'react'
import { glossary } from '../core/glossary.ts'
import { useModal } from '../ui/common/use-modal.ts'
import { glossaryTerms } from './glossary-terms.ts'
import { LessonText } from './LessonText.tsx'
import { useSay } from './use-messages.ts'

const close = () => glossary.setState({ term: null })

/** One term with its formula and where the documents treat it; all others to choose from. */
export function Glossary({ term }: { term: string }) {
  const say = useSay()
  const dialog = useModal()
  const titleId = useId()
  const entry = glossaryTerms.find(({ id }) => id === term)
  return (
    <dialog ref={dialog} className="overlay glossary" aria-labelledby={titleId} onClose={close}>
      <div className="glossary-body">
        <h2 id={titleId}>{entry ? say(`term.${entry.id}`) : say('glossary.title')}</h2>
        {entry && (
          <>
            <p>
              <LessonText name={`term.${entry.id}.text`} />
            </p>
            {entry.formula && <p className="glossary-formula">{entry.formula}</p>}
            <p className="small soft">
              {say('glossary.docs')} {entry.docs}
            </p>
          </>
        )}
        <h3>{say('glossary.title')}</h3>
        <ul className="glossary-list">
          {glossaryTerms.map(({ id }) => (
            <li key={id}>
              <button
                type="button"
                className="term"
                aria-current={id === term || undefined}
                onClick={() => glossary.setState({ term: id })}
              >
                {say(`term.${id}`)}
              </button>
            </li>
          ))}
        </ul>
        <button type="button" className="button" onClick={close}>
          {say('panel.close')}
        </button>
      </div>
    </dialog>
  )
}
