// What UiMenu and UiContextMenu show. `null` between items is a line.
import type { Component } from 'vue'

export interface MenuItem {
  label: string
  icon?: Component
  danger?: boolean
  disabled?: boolean
  checked?: boolean
  shortcut?: string
  onSelect: () => void
}
export type MenuItems = readonly (MenuItem | null)[]

export const ITEM_LOOK =
  'flex min-h-9 touch:min-h-11 items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm select-none outline-none ' +
  'data-highlighted:bg-subtle data-disabled:opacity-45'
export const MENU_LOOK =
  'z-50 max-h-[80dvh] min-w-44 max-w-80 overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float animate-rise'
