// The widget: one file that any page loads, under a name that stays. Built after the client, into the same folder.
import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vite'

import { compressed } from './plugins/compressed.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [compressed()],
  publicDir: false,
  resolve: { alias: { 'teahouse-client': here('../sdk/js/src/index.ts') } },
  build: {
    outDir: here('../src/teahouse/webclient'),
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: here('widget/main.ts'),
      formats: ['iife'],
      name: 'teahouseWidget',
      fileName: () => 'widget.js',
    },
  },
})
