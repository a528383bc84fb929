import { Fragment } from 'react'
import { Typeset } from '../ui/common/Typeset.tsx'
import { Term } from '../ui/common/Term.tsx'
import { useSay } from './use-messages.ts'
import type { Values } from './lesson.ts'
import { termParts } from './messages/term-parts.ts'

/** A text with its symbols typeset and its terms, written [[id]] or [[id|words]], opening the glossary. */
export function LessonText({ name, values }: { name: string; values?: Values }) {
  const say = useSay()
  return termParts(say(name, values)).map((part, k) =>
    typeof part === 'string' ? (
      <Fragment key={k}>
        <Typeset text={part} />
      </Fragment>
    ) : (
      <Term key={k} id={part.id}>
        {part.words ?? say(`term.${part.id}`)}
      </Term>
    ),
  )
}
