/** Nobody to talk to yet but everybody: the lobby is all there is. */
import { computed, type ComputedRef } from 'vue'

import { useConversationsStore } from '@/stores/conversations'

export function useLonely(): ComputedRef<boolean> {
  const conversations = useConversationsStore()
  return computed(() => {
    const { byId, loaded, lobby } = conversations
    return loaded && byId.size <= 1 && [...byId.keys()].every((id) => id === lobby)
  })
}
