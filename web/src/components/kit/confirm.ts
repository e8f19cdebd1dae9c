// "Are you sure?", as a promise. One question at a time; UiConfirm, once in App.vue, shows it.
import { shallowRef } from 'vue'

export interface Question {
  title: string
  text?: string
  /** What the button that does it says. */
  confirm?: string
  danger?: boolean
}

interface Asked extends Question {
  answer: (yes: boolean) => void
}

const asked = shallowRef<Asked | null>(null)

export function useConfirm() {
  const ask = (question: Question): Promise<boolean> => {
    asked.value?.answer(false)
    return new Promise((answer) => {
      asked.value = { ...question, answer }
    })
  }
  const settle = (yes: boolean): void => {
    asked.value?.answer(yes)
    asked.value = null
  }
  return { asked, ask, settle }
}
