/**
 * Names of hosts as the browser itself writes them in an address. What is written as `xn--` stays so: who reads it should
 * see that its letters are not what they seem. Stands in for the package `punycode.js` (vite.config.ts); called by
 * markdown-it.
 */

/** Throws if no host can be called so; markdown-it then leaves it as it was written. */
const toASCII = (host: string): string => new URL(`http://${host}`).hostname
const toUnicode = (host: string): string => host

export default { toASCII, toUnicode }
