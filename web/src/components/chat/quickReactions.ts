export const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '🍵'] as const
