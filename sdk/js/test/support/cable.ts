// A cable between client and server that can be cut, or can go silent without anybody being told.
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

export class Cable {
  /** Whether what is said goes nowhere: the connection looks alive and is not. */
  silent = false
  private readonly open = new Set<Socket>()

  private constructor(
    private readonly listener: Server,
    private readonly port: number,
  ) {}

  static async to(port: number): Promise<Cable> {
    const listener = createServer()
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const cable = new Cable(listener, port)
    listener.on('connection', (near) => cable.join(near))
    return cable
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.listener.address() as AddressInfo).port}/ws`
  }

  /** Every connection ends at once, without a word. */
  cut(): void {
    for (const socket of this.open) socket.destroy()
  }

  close(): void {
    this.cut()
    this.listener.close()
  }

  private join(near: Socket): void {
    const far = connect(this.port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.open.add(from)
      from.on('data', (bytes) => this.silent || to.write(bytes))
      from.on('error', () => {})
      from.on('close', () => {
        this.open.delete(from)
        to.destroy()
      })
    }
  }
}
