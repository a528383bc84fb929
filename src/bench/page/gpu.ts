const contexts = new Set<WebGLRenderingContext | WebGL2RenderingContext>()

/** Remembers every WebGL context that is made from now on. */
export function watchContexts(): void {
  const get = HTMLCanvasElement.prototype.getContext as (this: HTMLCanvasElement, ...a: unknown[]) => unknown
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
    const context = get.apply(this, args)
    if (context instanceof WebGLRenderingContext || context instanceof WebGL2RenderingContext)
      contexts.add(context)
    return context
  } as typeof HTMLCanvasElement.prototype.getContext
}

/** Until the next frame is painted and every picture asked for by then has left the graphics process. */
export async function pictureDone(): Promise<void> {
  await frame()
  await pictureOut()
}

/** Until every picture asked for so far has left the graphics process; what is asked for later is not waited for. */
export async function pictureOut(): Promise<void> {
  const fences = [...contexts].map((context) => {
    if (!(context instanceof WebGL2RenderingContext)) {
      context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4))
      return null
    }
    const fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0)
    context.flush()
    return fence && { context, fence }
  })
  for (const entry of fences) {
    if (!entry) continue
    const { context, fence } = entry
    while (context.getSyncParameter(fence, context.SYNC_STATUS) !== context.SIGNALED)
      await new Promise((done) => setTimeout(done, 1))
    context.deleteSync(fence)
  }
}

export function frame(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done()
    requestAnimationFrame(() => port2.postMessage(null))
  })
}
