/** Which emoji somebody uses, and in which skin tone: kept in this browser. */
import { ref, watch } from 'vue'

const KEY = 'teahouse.emoji'
const MOST = 24
/** Before somebody has chosen any. */
export const FAVOURITES: readonly string[] = ['👍', '❤️', '😂', '🎉', '🙏', '😮', '👀', '🍵']

interface Kept {
  recent: string[]
  tone: number
}

function stored(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>
    const recent = Array.isArray(kept.recent) ? kept.recent.filter((one) => typeof one === 'string') : []
    const tone = typeof kept.tone === 'number' && kept.tone >= 0 && kept.tone <= 5 ? kept.tone : 0
    return { recent: recent.slice(0, MOST), tone }
  } catch {
    return { recent: [], tone: 0 }
  }
}

const kept = stored()
const recent = ref<readonly string[]>(kept.recent)
const tone = ref(kept.tone)

watch([recent, tone], () => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ recent: recent.value, tone: tone.value }))
  } catch {
    // No place: it holds until the page is closed.
  }
})

export function useEmojiChoice() {
  const use = (emoji: string): void => {
    recent.value = [emoji, ...recent.value.filter((one) => one !== emoji)].slice(0, MOST)
  }
  return { recent, tone, use }
}
