/** Ops of the protocol, on the connection of whoever is logged in. */
import { Disconnected, type ClientEvents, type Commands, type Op, type Results } from 'teahouse-client'
import { onScopeDispose } from 'vue'

import { useSessionStore } from '@/stores/session'

export function useOps() {
  const session = useSessionStore()

  async function call<O extends Op>(op: O, fields: Commands[O]): Promise<Results[O]> {
    if (!session.client) throw new Disconnected('nobody is logged in')
    return session.client.call(op, fields)
  }

  return { call }
}

/** Hears an event of the client as long as the component that asks is there. */
export function useClientEvent<Name extends keyof ClientEvents>(
  name: Name,
  listener: (event: ClientEvents[Name]) => void,
): void {
  const off = useSessionStore().client?.on(name, listener)
  if (off) onScopeDispose(off)
}
