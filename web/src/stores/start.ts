/** Makes the stores that listen to the client: they have to be there before the first client starts. */
import { useConnectionStore } from './connection'
import { useConversationsStore } from './conversations'
import { useDraftsStore } from './drafts'
import { usePeopleStore } from './people'
import { useReceiptsStore } from './receipts'
import { useTimelinesStore } from './timelines'
import { useTypingStore } from './typing'

export function startStores(): void {
  useConnectionStore()
  useReceiptsStore()
  useConversationsStore()
  usePeopleStore()
  useTimelinesStore()
  useTypingStore()
  useDraftsStore()
}
