import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { formatNumber, parseTypedNumber } from './format.ts'
import { Typeset } from './Typeset.tsx'

interface NumberFieldProps {
  /** Accessible name; drawn above the field unless hideLabel is set. */
  label: string
  hideLabel?: boolean
  value: number
  unit?: string
  min?: number
  max?: number
  /** Arrow keys add and subtract it. */
  step?: number
  integer?: boolean
  disabled?: boolean
  /** Rounded text at rest; on focus the field shows (and copies) full precision. */
  format?: (value: number) => string
  onCommit: (value: number) => void
}

/** A number that rests rounded and is edited, and copied, in full. Enter or leaving commits, Escape restores. */
export function NumberField(props: NumberFieldProps) {
  const { label, hideLabel, value, unit, min = -Infinity, max = Infinity, step, integer, disabled } = props
  const { format = formatNumber, onCommit } = props
  // Only what was typed and not yet committed is kept here: a field that rests, even with the focus, follows its value.
  const [draft, setDraft] = useState<string>()
  const [focused, setFocused] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const errorId = useId()
  const typed = draft === undefined ? value : parseTypedNumber(draft)
  const problem = draft === undefined ? undefined : complaint(typed, min, max, integer)

  // The full number that replaces the rounded one on focus is selected before anything can be typed into it.
  useLayoutEffect(() => {
    if (focused && document.activeElement === field.current) field.current?.select()
  }, [focused])

  const commit = () => {
    if (draft !== undefined && !problem && typed !== value) onCommit(typed)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      commit()
      if (!problem) setDraft(undefined)
    } else if (event.key === 'Escape' && draft !== undefined && draft !== String(value)) {
      event.stopPropagation()
      setDraft(undefined)
    } else if (step && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const moved = (Number.isFinite(typed) ? typed : value) + (event.key === 'ArrowUp' ? step : -step)
      const next = Math.min(max, Math.max(min, Number(moved.toPrecision(12))))
      setDraft(undefined)
      onCommit(next)
    }
  }

  const input = (
    <input
      ref={field}
      className="input"
      type="text"
      inputMode={integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      aria-label={unit ? `${label} [${unit}]` : label}
      aria-invalid={problem ? true : undefined}
      aria-describedby={problem ? errorId : undefined}
      disabled={disabled}
      value={draft ?? (focused ? String(value) : format(value))}
      onFocus={(event) => {
        const element = event.currentTarget
        setFocused(true)
        // By then a fast Tab may have gone on, and select() would fetch the focus back.
        requestAnimationFrame(() => {
          if (document.activeElement === element) element.select()
        })
      }}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        commit()
        setDraft(undefined)
        setFocused(false)
      }}
      onKeyDown={onKeyDown}
    />
  )
  const error = problem && (
    <span id={errorId} className="field-error" role="alert">
      {problem}
    </span>
  )
  if (hideLabel)
    return (
      <>
        {input}
        {error}
      </>
    )
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        <Typeset text={label} />
        {unit && ` [${unit}]`}
      </span>
      {input}
      {error}
    </div>
  )
}

function complaint(typed: number, min: number, max: number, integer?: boolean): string | undefined {
  if (Number.isNaN(typed)) return 'Not a number: type it as 0.12 or 1.2e-3.'
  if (integer && !Number.isInteger(typed)) return `${formatNumber(typed)} is not a whole number.`
  if (typed < min) return `${formatNumber(typed)} is below the smallest allowed value, ${formatNumber(min)}.`
  if (typed > max) return `${formatNumber(typed)} is above the largest allowed value, ${formatNumber(max)}.`
  return undefined
}
