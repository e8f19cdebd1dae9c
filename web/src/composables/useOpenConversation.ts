/** Goes to a conversation: by its id, or to the direct one with somebody. */
import { useRouter } from 'vue-router'

import { useConversationsStore } from '@/stores/conversations'

export function useOpenConversation() {
  const router = useRouter()
  const conversations = useConversationsStore()

  async function open(conversation: string, seq?: number): Promise<void> {
    await router.push({
      name: 'conversation',
      params: { conversation },
      query: seq === undefined ? {} : { seq },
    })
  }
  async function openDirect(user: string): Promise<void> {
    await open(await conversations.openDirect(user))
  }
  return { open, openDirect }
}
