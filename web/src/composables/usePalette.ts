/** The command palette and the help of the shortcuts: open or not, and whether ever wanted (they are lazy). */
import { reactive, watch } from 'vue'

const palette = reactive({
  wanted: false,
  open: false,
  helpWanted: false,
  help: false,
})

watch(
  () => palette.open,
  (open) => {
    if (open) palette.wanted = true
  },
  { flush: 'sync' },
)
watch(
  () => palette.help,
  (help) => {
    if (help) palette.helpWanted = true
  },
  { flush: 'sync' },
)

export const usePalette = () => palette
