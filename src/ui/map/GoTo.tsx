import { useId, useState } from 'react'
import { AppError } from '../../errors.ts'
import { formatCount } from '../common/format.ts'

interface GoToProps {
  /** "universe" */
  noun: string
  /** "clq3 > 0.01" */
  example: string
  /** Frames the item of that number. @returns why not */
  onItem: (item: number) => string | null
  /** Frames the nearest to what is looked at. @returns why not */
  onNearest: () => string | null
  /** Selects by a rule. @returns how many dots it has, or why none. @throws AppError where it cannot be read */
  onRule: (text: string) => number | string
}

/** A number goes to its dot, "nearest" to the nearest, a rule selects. */
export function GoTo({ noun, example, onItem, onNearest, onRule }: GoToProps) {
  const [text, setText] = useState('')
  const [told, setTold] = useState<{ text: string; bad: boolean } | null>(null)
  const id = useId()

  function go(): void {
    const asked = text.trim()
    if (!asked) return
    const number = new RegExp(`^(?:${noun}\\s*)?#?(\\d+)$`, 'i').exec(asked)
    if (number || /^near(est)?( to here)?$/i.test(asked)) {
      const fault = number ? onItem(Number(number[1])) : onNearest()
      setTold(fault ? { text: fault, bad: true } : null)
      return
    }
    try {
      const dots = onRule(asked)
      const found = typeof dots === 'number' ? `${formatCount(dots)} dots` : `no dot${dots && `: ${dots}`}`
      setTold({ text: found, bad: false })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      setTold({ text: error.message, bad: true })
    }
  }

  return (
    <form
      className="go-to"
      role="search"
      aria-label="Find on the map"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <label className="inline-field small">
        Find
        <input
          className="input go-to-field"
          type="text"
          value={text}
          maxLength={400}
          spellCheck={false}
          autoComplete="off"
          placeholder={`${noun} 412, ${example}, nearest`}
          aria-describedby={told ? id : undefined}
          aria-invalid={told?.bad ? true : undefined}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="button button-quiet">
        Go
      </button>
      <span id={id} role="status" className={told?.bad ? 'small go-to-told go-to-bad' : 'small go-to-told'}>
        {told?.text}
      </span>
    </form>
  )
}
