/** The picture of a conversation as it is shown: of a direct one, that of the other person. */
import { usePeopleStore } from '@/stores/people'
import type { Summary } from '@/stores/types'

/** Reactive where it is called in a computed or a template; asks for the person if need be. */
export function pictureOf(summary: Pick<Summary, 'avatar' | 'peer'>): string | null {
  const { avatar, peer } = summary
  return peer ? usePeopleStore().user(peer.id, peer.nick).avatar : avatar
}
