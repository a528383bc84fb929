import { useId, useRef, useState, type DragEvent, type ReactNode } from 'react'
import { droppedIn } from '../../core/dropped.ts'
import { useShellDrop } from '../shell-context.tsx'
import { Progress, type ProgressProps } from './Progress.tsx'

interface DropZoneProps {
  label: string
  /** What may be dropped, in words. */
  hint?: ReactNode
  onFiles: (files: File[]) => void
  /** Suggestion for the file picker only; whatever is dropped is handed on and judged by its content. */
  accept?: string
  multiple?: boolean
  /** Whole folders may be chosen, too; their files come with their paths. */
  folders?: boolean
  progress?: ProgressProps
}

/** How bundles, packed folders and exported pictures are called. */
const opensAnalysis = /\.(zip|tgz|tar|tar\.gz|png|svg)$/i

/** Drop anywhere on it, or choose with the button (keyboard and touch). */
export function DropZone({
  label,
  hint,
  onFiles,
  accept,
  multiple = true,
  folders = false,
  progress,
}: DropZoneProps) {
  const input = useRef<HTMLInputElement>(null)
  const folderInput = useRef<HTMLInputElement>(null)
  const hintId = useId()
  const [over, setOver] = useState(false)

  const dropOnPage = useShellDrop()
  const hand = (files: File[]) => {
    if (files.length === 0) return
    // What opens a whole analysis is none of one panel's; that it does, the page tells by content.
    if (dropOnPage && files.some(({ name }) => opensAnalysis.test(name))) void dropOnPage(files)
    else onFiles(multiple ? files : files.slice(0, 1))
  }

  const onDragOver = (event: DragEvent) => {
    if (![...event.dataTransfer.types].includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }

  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const { files, folders } = droppedIn(event.dataTransfer)
    if (dropOnPage && folders.length > 0) void dropOnPage(files, folders)
    else hand(files)
  }

  return (
    <div
      className="drop-zone"
      data-over={over}
      data-busy={progress !== undefined}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <p>{label}</p>
      <button
        type="button"
        className="button"
        aria-describedby={hint ? hintId : undefined}
        onClick={() => input.current?.click()}
      >
        Choose {multiple ? 'files' : 'a file'}
      </button>
      {folders && (
        <button
          type="button"
          className="button"
          aria-describedby={hint ? hintId : undefined}
          onClick={() => folderInput.current?.click()}
        >
          Choose a folder
        </button>
      )}
      {hint && (
        <p id={hintId} className="soft small">
          {hint}
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // Emptied so that choosing the same, corrected file again is a change.
          event.target.value = ''
          hand(files)
        }}
      />
      {folders && (
        <input
          ref={(element) => {
            folderInput.current = element
            if (element) element.webkitdirectory = true
          }}
          type="file"
          hidden
          aria-label={`${label}, as a folder`}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            event.target.value = ''
            if (files.length > 0) onFiles(files)
          }}
        />
      )}
      {progress && <Progress {...progress} />}
    </div>
  )
}
