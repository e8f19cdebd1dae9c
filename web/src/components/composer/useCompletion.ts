/** What is offered for the word at the caret, and which of it is chosen. */
import { computed, ref, type Ref, shallowRef, watch } from 'vue'

import { closedEmoji, complete, type Edited, type Token, tokenAt } from './completion'
import { type Option, useCompletionSources } from './completionSources'

export interface Caret {
  text: string
  /** null: something is selected, or the field has no focus. */
  caret: number | null
}

export function useCompletion(conversation: () => string, at: Ref<Caret>, put: (edited: Edited) => void) {
  const sources = useCompletionSources(conversation)
  const options = shallowRef<readonly Option[]>([])
  const active = ref(0)
  /** Where the word begins for which nothing is wanted. */
  const dismissed = ref<number | null>(null)
  let asked = 0

  const token = computed<Token | null>(() => {
    const { text, caret } = at.value
    return caret === null ? null : tokenAt(text, caret)
  })
  const key = computed(() =>
    token.value ? `${token.value.kind} ${token.value.start} ${token.value.query}` : '',
  )

  watch(key, async () => {
    const wanted = token.value
    const mine = (asked += 1)
    if (wanted?.start !== dismissed.value) dismissed.value = null
    if (!wanted || dismissed.value !== null) {
      options.value = []
      return
    }
    const found = await sources.ask(wanted).catch(() => [])
    if (mine !== asked) return
    options.value = found
    active.value = 0
  })

  // `:tea:` typed to its end becomes the emoji, without any choosing.
  watch(
    () => at.value.text,
    async (text, before) => {
      const { caret } = at.value
      if (caret === null || text.length !== before.length + 1) return
      const name = closedEmoji(text, caret)
      const emoji = name && (await sources.closed(name.query).catch(() => null))
      if (name && emoji && at.value.text === text) put(complete(text, name, emoji))
    },
  )

  const open = computed(() => options.value.length > 0)

  function choose(index = active.value): void {
    const option = options.value[index]
    if (!option || !token.value) return
    const edited = complete(at.value.text, token.value, option.insertion)
    options.value = []
    put(edited)
  }
  function move(by: number): void {
    const count = options.value.length
    active.value = (active.value + by + count) % count
  }
  function dismiss(): void {
    dismissed.value = token.value?.start ?? null
    options.value = []
  }

  /** Whether the key was for the list. Keys that an input method takes must not come here. */
  function press(event: KeyboardEvent): boolean {
    if (!open.value || event.ctrlKey || event.metaKey || event.altKey) return false
    const deeds: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => choose(),
      Tab: () => choose(),
      Escape: dismiss,
    }
    const deed = event.shiftKey ? undefined : deeds[event.key]
    deed?.()
    return deed !== undefined
  }

  return { token, options, active, open, choose, dismiss, press }
}
