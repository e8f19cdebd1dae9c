import { fileURLToPath } from 'node:url'

import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

import { compressed } from './plugins/compressed.ts'
import { offline } from './plugins/offline.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The server takes the client from inside its own package, so that a wheel carries it.
const outDir = here('../src/teahouse/webclient')
const server = process.env.TEAHOUSE_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    vue(),
    // Texts are compiled by the build: the compiler itself is left out, and so is the older API.
    vueI18n({
      include: here('src/locales/**/*.json'),
      strictMessage: false,
      compositionOnly: true,
      dropMessageCompiler: true,
      fullInstall: false,
      runtimeOnly: true,
    }),
    tailwindcss(),
    offline(),
    compressed('manifest.webmanifest', 'sw.js'),
  ],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  resolve: {
    alias: {
      '@': here('src'),
      'teahouse-client': here('../sdk/js/src/index.ts'),
    },
  },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // A strict content security policy allows no inline data as script; small pictures may be inlined.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Few files for what everybody needs: on a phone each request costs more than some kilobytes too many.
        codeSplitting: {
          groups: [
            {
              name: 'vue',
              test: /node_modules\/(@vue|vue|vue-router|pinia|vue-i18n|@intlify)\//,
              priority: 3,
            },
            { name: 'kit', test: /node_modules\/|\/components\/kit\//, minShareCount: 4, priority: 2 },
            { name: 'common', test: /\/(web|sdk\/js)\/src\//, minShareCount: 3, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    // The host stays that of the page: the server lets only pages of its own origin use the cookie.
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/ws': { target: server.replace('http', 'ws'), ws: true, changeOrigin: false },
    },
  },
})
