import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { defaultLinkIntent, linkTo, readLink, type LinkIntent } from '../../testing/links.ts'

const helper = readFileSync(new URL('../../../python/theoryscape.py', import.meta.url), 'utf8')

/** Arguments of the helper, and what they mean. */
const cases: { call: Record<string, unknown>; intent: Partial<LinkIntent> }[] = [
  { call: {}, intent: {} },
  {
    call: {
      ...{ view: 'interpret', data: 'dy-nc-13tev', model: 'pca-2' },
      coefficients: { clq3: 0.01, cHWB: -1e-7, cHD: 3 },
      ...{ tab: 'anomaly', order: 'quadratic', replicas: 3, focus: 'universe-412' },
    },
    intent: {
      ...{ view: 'interpret', model: 'pca-2', interpretTab: 'anomaly', order: 'quadratic', extraReplicas: 3 },
      coefficients: { clq3: 0.01, cHWB: -1e-7, cHD: 3 },
      focus: { kind: 'universe', id: 412 },
    },
  },
  {
    call: {
      ...{ view: 'fit', data: 'tt-13tev' },
      state: {
        'top-pair': { fit: { seed: 2, truth: { td8: 0.1 } }, fitPanels: { tab: 'sampler' } },
        'drell-yan': { neighbourCount: 7, camera: { x: 0.5, y: -1, halfSpan: 2 } },
      },
    },
    intent: {
      ...{ view: 'fit', dataset: 'tt-13tev', neighbourCount: 7, camera: { x: 0.5, y: -1, halfSpan: 2 } },
      fit: { ...defaultLinkIntent.fit, seed: 2, truth: { td8: 0.1 } },
      fitPanels: { ...defaultLinkIntent.fitPanels, tab: 'sampler' },
    },
  },
]

it('python/theoryscape.py writes links that mean what ours mean', async ({ skip }) => {
  const program = [
    helper,
    'import sys',
    'for call in json.load(sys.stdin):',
    '    print(theoryscape_link("https://example.org/app/", **call))',
  ].join('\n')
  let printed = ''
  try {
    const input = JSON.stringify(cases.map(({ call }) => call))
    printed = execFileSync('python3', ['-c', program], { input, encoding: 'utf8' })
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
    skip('there is no python3 here to run python/theoryscape.py')
  }
  const links = printed.trim().split('\n')
  expect(links).toHaveLength(cases.length)
  for (const [i, { intent }] of cases.entries()) {
    const ours = await readLink(await linkTo(intent))
    expect(ours).toMatchObject({ ok: true, notes: [], intent: { ...defaultLinkIntent, ...intent } })
    expect(await readLink(links[i])).toEqual(ours)
    expect(links[i].slice(links[i].indexOf('#'))).toMatch(/^#[A-Za-z0-9._=&-]*$/)
  }
  // Without a packed part, whose deflate differs, the links themselves are equal but for the order of their keys.
  const parts = (link: string) =>
    link
      .slice(link.indexOf('#') + 1)
      .split('&')
      .filter((part) => !part.startsWith('k='))
      .sort()
  expect(parts(links[0])).toEqual(parts(await linkTo(cases[0].intent)))
})
