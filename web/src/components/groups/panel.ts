/** What opens over the panel beside a conversation. Each takes `conversation` and `details`. */
export type PanelPage = 'settings' | 'links' | 'requests' | 'bans' | 'pinned' | 'files'
