// The reactions most people want, tea first among friends.
export const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '🍵'] as const
