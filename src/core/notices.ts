import { capText } from '../errors.ts'
import type { Notice } from './app-state.ts'

const mostNotices = 5
/** Which goes first where there is no room: news before what went wrong. */
const patience: readonly Notice['tone'][] = ['info', 'warning', 'error']

/** The notices with one more, the newest last. What is there already is counted instead; the oldest of the mildest tone makes room. */
export function withNotice(notices: readonly Notice[], added: Notice): Notice[] {
  const text = capText(added.text)
  const same = notices.find((notice) => notice.tone === added.tone && notice.text === text)
  const others = notices.filter((notice) => notice !== same)
  const newest = same ? { ...same, times: same.times + 1, choices: added.choices } : { ...added, text }
  if (others.length < mostNotices) return [...others, newest]
  const mildest = patience.find((tone) => others.some((notice) => notice.tone === tone))
  const leaves = others.find(({ tone }) => tone === mildest)
  return [...others.filter((notice) => notice !== leaves), newest]
}
