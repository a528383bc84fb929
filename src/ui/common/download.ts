/** Hands a file to the reader; nothing leaves the page. */
export function download(content: Blob | string, fileName: string, type = 'text/plain;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The click reads the URL asynchronously in some browsers: keep it for a moment.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
