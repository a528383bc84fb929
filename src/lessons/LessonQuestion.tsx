import { useId } from 'react'
import type { Facts } from '../core/facts.ts'
import type { Question } from './lesson.ts'
import { LessonText } from './LessonText.tsx'
import { useSay } from './use-messages.ts'

interface LessonQuestionProps {
  /** Begins the names of its texts: "universe.drag". */
  name: string
  question: Question
  facts: Facts
  student: number
  /** What is asked for has been done: a prediction is judged. */
  done: boolean
  chosen: string | null
  onChoose: (choice: string) => void
}

/** One question, whose right answer is worked out from the page as it is now. */
export function LessonQuestion({
  name,
  question,
  facts,
  student,
  done,
  chosen,
  onChoose,
}: LessonQuestionProps) {
  const say = useSay()
  const id = useId()
  const judged = !question.predict || done
  const right = judged ? question.right(facts, student) : null
  const values = judged ? question.values?.(facts, student) : undefined
  const verdict =
    chosen === null
      ? null
      : !judged
        ? 'predicted'
        : right === null
          ? 'unknown'
          : chosen === right
            ? 'right'
            : 'wrong'
  return (
    <fieldset className="lesson-question">
      <legend>
        <LessonText name={`${name}.ask`} />
      </legend>
      {question.choices.map((choice) => (
        <label key={choice} className="lesson-choice">
          <input
            type="radio"
            name={id}
            value={choice}
            checked={chosen === choice}
            onChange={() => onChoose(choice)}
          />
          <span>
            <LessonText name={`${name}.choice.${choice}`} />
          </span>
        </label>
      ))}
      <p className="lesson-verdict" role="status" data-verdict={verdict ?? undefined}>
        {verdict === 'predicted' && say('panel.predicted')}
        {verdict === 'unknown' && say('panel.unknown')}
        {verdict === 'right' && (
          <>
            <strong>{say('panel.right')}</strong> <LessonText name={`${name}.why.${right}`} values={values} />
          </>
        )}
        {verdict === 'wrong' && (
          <>
            <strong>{say(question.predict ? 'panel.otherwise' : 'panel.wrong')}</strong>{' '}
            <LessonText name={`${name}.not.${chosen}`} values={values} />
          </>
        )}
      </p>
    </fieldset>
  )
}
