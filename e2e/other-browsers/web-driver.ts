import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { dragActions, type DrivenBrowser } from './driven-browser.ts'

/** The browser that WebKitGTK brings for tests, as Debian lays it down. */
export const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/**
 * WebKitGTK on a screen of its own (Xvfb: it has no headless mode), driven by W3C WebDriver over HTTP.
 *
 * @param driver  the executable WebKitWebDriver
 */
export async function startWebKit(driver: string): Promise<DrivenBrowser> {
  const started: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    for (const process of started.reverse()) {
      const ended = new Promise((done) => process.once('exit', done))
      if (process.exitCode === null && process.kill()) await ended
    }
  }
  try {
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    started.push(screen)
    const display = await firstLine(screen.stdio[3] as Readable, screen)
    const port = await freePort()
    const server = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      // No accessibility bus, which a machine without a desktop has not, and no portal that asks for one.
      env: { ...process.env, DISPLAY: `:${display}`, NO_AT_BRIDGE: '1', GTK_USE_PORTAL: '0' },
    })
    started.push(server)
    const root = `http://127.0.0.1:${port}`
    const { sessionId } = (await begin(root, server)) as { sessionId: string }
    const session = `${root}/session/${sessionId}`
    await send(`${session}/timeouts`, { script: 60_000, pageLoad: 60_000 })
    await send(`${session}/window/rect`, { x: 0, y: 0, width: 1440, height: 1000 })
    return {
      open: async (url) => void (await send(`${session}/url`, { url })),
      evaluate: async <T>(body: string, ...args: unknown[]) =>
        (await send(`${session}/execute/sync`, { script: body, args })) as T,
      drag: async (from, to) => void (await send(`${session}/actions`, dragActions(from, to))),
      async close() {
        await send(session, undefined, 'DELETE').catch(() => undefined)
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const capabilities = {
  alwaysMatch: {
    browserName: 'MiniBrowser',
    pageLoadStrategy: 'normal',
    'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
  },
}

/** Polls: the driver says nothing when it begins to listen. */
async function begin(root: string, server: ChildProcess): Promise<unknown> {
  let last: unknown
  for (const end = Date.now() + 60_000; Date.now() < end && server.exitCode === null;) {
    try {
      return await send(`${root}/session`, { capabilities })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error // fetch's own: nobody listens yet
      last = error
      await new Promise((done) => setTimeout(done, 200))
    }
  }
  throw new Error('WebKitWebDriver did not begin a session within 60 s.', { cause: last })
}

async function send(url: string, body?: object, method = 'POST'): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: unknown }
  if (response.ok) return value
  throw new Error(`WebKit: ${(value as { message?: string } | null)?.message ?? response.status}`)
}

function firstLine(stream: Readable, process: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    stream.once('data', (data: Buffer) => done(data.toString().trim()))
    process.once('error', fail)
    process.once('exit', (code) => fail(new Error(`Xvfb ended with code ${code}.`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}
