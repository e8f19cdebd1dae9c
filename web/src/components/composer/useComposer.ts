/**
 * What is being written in a conversation, or in a thread of it: new, an answer, or an edit. The rule: all of it lies
 * in the drafts, so that nothing is lost by going elsewhere; an edit has a draft of its own beside the unsent text.
 */
import { computed, ref, watch } from 'vue'

import { useAttempt } from '@/composables/useAttempt'
import { useDraftsStore } from '@/stores/drafts'
import { usePreferencesStore } from '@/stores/preferences'
import { useTimelinesStore } from '@/stores/timelines'
import { useTypingStore } from '@/stores/typing'
import type { Body, MessageRow, Upload } from '@/stores/types'
import { useUploadsStore } from '@/stores/uploads'

import { bytesOf, TEXT_BYTES } from './limits'

const EDIT_MS = 24 * 3_600_000
const MOST_ATTACHMENTS = 20
const MARKED = /[*_`~>#[\]]|^\s*[-+] |^\s*\d+\. /m

/** Markdown only if there is any, and no command, which the server takes in plain text only. */
export function bodyOf(text: string, markdown: boolean): Body {
  const marked = markdown && !text.startsWith('/') && MARKED.test(text)
  return { type: marked ? 'markdown' : 'text', text }
}

/** What a message says after the edit: words take the place of words, a caption that of a caption. */
export function editedBody(before: Body, text: string, markdown: boolean): Body {
  const plain = before.type === 'text' || before.type === 'markdown'
  return plain ? bodyOf(text, markdown || before.type === 'markdown') : { ...before, text }
}

export interface Place {
  conversation: string
  thread: number | null
}

export function useComposer(place: () => Place) {
  const drafts = useDraftsStore()
  const timelines = useTimelinesStore()
  const typing = useTypingStore()
  const uploads = useUploadsStore()
  const preferences = usePreferencesStore()
  const { busy, attempt } = useAttempt()

  const conversation = computed(() => place().conversation)
  const key = computed(() =>
    place().thread ? `${conversation.value}#${place().thread}` : conversation.value,
  )
  const draft = computed(() => drafts.draft(key.value))
  const editing = computed(() => draft.value.editing)
  const textKey = computed(() => (editing.value ? `${key.value}#edit-${editing.value}` : key.value))
  /** Only this message disappears after so many seconds; null: as the conversation says. */
  const expiresS = ref<number | null>(null)

  const row = (seq: number | null): MessageRow | null => {
    if (seq === null) return null
    const { thread } = place()
    const rows = (
      thread ? timelines.thread(conversation.value, thread) : timelines.timeline(conversation.value)
    ).rows
    return rows.find((one): one is MessageRow => one.kind === 'message' && one.seq === seq) ?? null
  }
  const replied = computed(() => row(draft.value.replyTo))
  const edited = computed(() => row(editing.value))

  const text = computed<string>({
    get: () => drafts.draft(textKey.value).text,
    set(words) {
      drafts.save(textKey.value, { text: words })
      if (!editing.value) typing.mine(conversation.value, words.trim() !== '')
    },
  })
  // An edit begins with what the message says, and goes on with what was changed of it already.
  watch(
    editing,
    (seq) => {
      if (seq !== null && !text.value) text.value = row(seq)?.body.text ?? ''
    },
    { immediate: true },
  )
  // What is being edited or answered may be taken back meanwhile.
  watch([() => edited.value?.recalled, () => replied.value?.recalled], ([gone, quote]) => {
    if (gone) endEdit()
    if (quote) drafts.save(key.value, { replyTo: null })
  })

  const attachments = computed(() =>
    draft.value.attachments.map((id) => uploads.upload(id)).filter((one): one is Upload => one !== null),
  )
  const bytes = computed(() => bytesOf(text.value))
  const tooLong = computed(() => bytes.value > TEXT_BYTES)
  const captioned = computed(
    () => edited.value !== null && !['text', 'markdown'].includes(edited.value.body.type),
  )
  const sendable = computed(() => {
    if (tooLong.value || busy.value) return false
    if (editing.value) return captioned.value || text.value.trim() !== ''
    return text.value.trim() !== '' || attachments.value.length > 0
  })

  function attach(files: readonly File[]): number {
    const room = MOST_ATTACHMENTS - draft.value.attachments.length
    const ids = files.slice(0, Math.max(0, room)).map((file) => uploads.start(conversation.value, file).id)
    drafts.save(key.value, { attachments: [...draft.value.attachments, ...ids] })
    return files.length - ids.length
  }
  function detach(id: string): void {
    uploads.cancel(id)
    drafts.save(key.value, { attachments: draft.value.attachments.filter((one) => one !== id) })
  }

  function about() {
    const { replyTo } = draft.value
    const { thread } = place()
    return {
      ...(replyTo !== null && { replyTo }),
      ...(thread !== null && { thread }),
      ...(expiresS.value !== null && { expiresS: expiresS.value }),
    }
  }
  function sent(): void {
    drafts.save(key.value, { text: '', replyTo: null, attachments: [] })
    expiresS.value = null
    typing.mine(conversation.value, false)
  }

  function endEdit(): void {
    if (textKey.value !== key.value) drafts.drop(textKey.value)
    drafts.save(key.value, { editing: null })
  }
  async function saveEdit(): Promise<void> {
    const seq = editing.value
    const before = edited.value
    if (seq === null) return
    const words = text.value.trim()
    const markdown = preferences.markdown
    const to = before ? { body: editedBody(before.body, words, markdown) } : { body: bodyOf(words, markdown) }
    const same = before !== null && to.body.text === before.body.text && to.body.type === before.body.type
    if (same || (await attempt(() => timelines.edit(conversation.value, seq, to), { aloud: true }))) endEdit()
  }

  /** False if there is nothing to send. */
  async function send(): Promise<boolean> {
    if (!sendable.value) return false
    if (editing.value) {
      await saveEdit()
      return true
    }
    const body = bodyOf(text.value.trim(), preferences.markdown)
    const ids = attachments.value.map((one) => one.id)
    timelines.send(conversation.value, {
      text: body.text ?? '',
      ...(body.type === 'markdown' && { markdown: true }),
      ...(ids.length > 0 && { attachments: ids }),
      ...about(),
    })
    sent()
    return true
  }

  function sendVoice(upload: string): void {
    timelines.send(conversation.value, { attachments: [upload], ...about() })
    drafts.save(key.value, { replyTo: null })
    expiresS.value = null
  }

  function editLast(): void {
    const { thread } = place()
    const rows = (
      thread ? timelines.thread(conversation.value, thread) : timelines.timeline(conversation.value)
    ).rows
    // One that is still on its way counts as the last, too: an earlier one must not be changed in its place.
    const last = rows.findLast(
      (one): one is MessageRow =>
        one.kind === 'message' && one.own && !one.recalled && Boolean(one.body.text),
    )
    if (last?.seq && Date.now() - last.at < EDIT_MS)
      drafts.save(key.value, { editing: last.seq, replyTo: null })
  }

  /** Gives up the edit or the answer; false if there was neither. */
  function cancel(): boolean {
    if (editing.value) endEdit()
    else if (draft.value.replyTo !== null) drafts.save(key.value, { replyTo: null })
    else return false
    return true
  }

  return {
    draft,
    text,
    editing,
    edited,
    replied,
    attachments,
    bytes,
    tooLong,
    sendable,
    busy,
    expiresS,
    attach,
    detach,
    about,
    sent,
    send,
    sendVoice,
    editLast,
    cancel,
  }
}
