import { expect, it } from 'vitest'
import { dataUrlToBlob, plotlyConfig } from './plotly.ts'

it('never offers to send data to the cloud', () => expect(plotlyConfig.showSendToCloud).toBe(false))

it('decodes both kinds of data URL', async () => {
  const svg = dataUrlToBlob(`data:image/svg+xml,${encodeURIComponent('<svg>μ</svg>')}`)
  expect(svg.type).toBe('image/svg+xml')
  expect(await svg.text()).toBe('<svg>μ</svg>')
  const png = dataUrlToBlob(`data:image/png;base64,${btoa('\x89PNG\xff')}`)
  expect([...new Uint8Array(await png.arrayBuffer())]).toEqual([0x89, 0x50, 0x4e, 0x47, 0xff])
})
