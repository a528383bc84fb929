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

/** Until every picture asked for so far has left the graphics process, and the frame it belongs to is painted. */
export async function pictureDone(): Promise<void> {
  await frame()
  for (const context of contexts) {
    if (context instanceof WebGL2RenderingContext) {
      const fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0)
      context.flush()
      while (fence && context.getSyncParameter(fence, context.SYNC_STATUS) !== context.SIGNALED)
        await new Promise((done) => setTimeout(done, 1))
    } else context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4))
  }
}

export function frame(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done()
    requestAnimationFrame(() => port2.postMessage(null))
  })
}
