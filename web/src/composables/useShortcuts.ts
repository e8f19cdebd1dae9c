/** Acts on the keys of `shortcuts.ts`. Installed once, for somebody who is logged in. */
import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'

import { useConversationsStore } from '@/stores/conversations'
import type { Summary } from '@/stores/types'

import { doAction, isOffered } from './actions'
import { type ShortcutId, shortcutOf } from './shortcuts'
import { usePalette } from './usePalette'
import { useSearchPanel } from './useSearchPanel'

const FIELDS = 'input, textarea, select, [contenteditable="true"]'

export function useShortcuts(): void {
  const router = useRouter()
  const conversations = useConversationsStore()
  const palette = usePalette()
  const search = useSearchPanel()

  /** The next one that `wanted` wants, going round at the end. */
  function step(by: 1 | -1, wanted: (one: Summary) => boolean): boolean {
    const list = conversations.ordered
    const here = list.findIndex((one) => one.id === conversations.current)
    for (let count = 1; count <= list.length; count += 1) {
      const from = here < 0 && by < 0 ? 0 : here
      const one = list[(from + by * count + list.length * 2) % list.length]
      if (one && one.id !== conversations.current && wanted(one)) {
        void router.push({ name: 'conversation', params: { conversation: one.id } })
        return true
      }
    }
    return false
  }

  function mute(): boolean {
    const open = conversations.byId.get(conversations.current ?? '')
    if (open) void conversations.mute(open.id, !open.muted).catch(() => undefined)
    return Boolean(open)
  }

  const any = (): boolean => true
  const unread = (one: Summary): boolean => one.unread > 0
  /** Each tells whether there was something to do; if not, the key keeps the meaning it has for the browser. */
  const deeds: Record<ShortcutId, () => boolean> = {
    palette: () => (palette.open = true),
    search: () => (search.show(conversations.current), true),
    searchAll: () => (search.show(null), true),
    next: () => step(1, any),
    previous: () => step(-1, any),
    nextUnread: () => step(1, unread),
    previousUnread: () => step(-1, unread),
    newGroup: () => doAction('newGroup'),
    settings: () => (void router.push({ name: 'settings' }), true),
    mute,
    close: () => {
      if (search.panel.open) {
        search.hide()
        return true
      }
      return doAction('close')
    },
    focusField: () => isOffered('focusField') && doAction('focusField'),
    help: () => (palette.help = true),
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
    const target = event.target instanceof Element ? event.target : null
    const id = shortcutOf(event, target?.closest(FIELDS) !== null && target !== null)
    if (!id) return
    // A dialog or menu that is open has its own keys; only the palette opens over it.
    if (id !== 'palette' && target?.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return
    // The focus may have fallen out of it: what it was on is gone.
    if (id !== 'palette' && document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]'))
      return
    // Where there are no conversations (settings, administration) the browser's own search is what is meant.
    if ((id === 'search' || id === 'searchAll') && !router.currentRoute.value.path.match(/^\/(c\/.*)?$/))
      return
    if (deeds[id]()) event.preventDefault()
  }

  document.addEventListener('keydown', press)
  onScopeDispose(() => document.removeEventListener('keydown', press))
}
