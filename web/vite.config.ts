import { fileURLToPath } from 'node:url'

import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

import { ahead } from './plugins/ahead.ts'
import { compressed } from './plugins/compressed.ts'
import { logo } from './plugins/logo.ts'
import { offline } from './plugins/offline.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The server takes the client from inside its own package, so that a wheel carries it.
const outDir = here('../src/teahouse/webclient')
const server = process.env.TEAHOUSE_SERVER ?? 'http://127.0.0.1:8080'

const FIRST =
  /\/web\/src\/(ahead|theme|language|stores\/(remembered|keptPreferences)|composables\/unhurried)\.ts|preload-helper/

/** Of the kit, what is made of Reka UI. */
const WINDOWED = '(?:\\w+Window|MenuRow|UiConfirm|UiDialog|UiRadioGroup|UiSwitch|UiTabs|UiToaster)\\.vue'
const REKA = 'node_modules/(?:reka-ui|@floating-ui|@internationalized|aria-hidden|defu)/'
const WINDOWS = new RegExp(`${REKA}|/components/kit/${WINDOWED}`)
/** With it, what the chat shares with one or two others: not worth a request of its own. */
const SMALL =
  '/stores/search\\.|/db/search\\.|/composables/(?:actions|useSearchPanel|useOpenConversation|conversationPicture)\\.|/icons/'
const KIT = new RegExp(
  `^(?!.*(?:${REKA}))(?:.*node_modules/|.*/components/kit/(?!${WINDOWED})|.*(?:${SMALL}))`,
)

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
    logo(),
    ahead(),
    offline(),
    compressed('manifest.webmanifest', 'sw.js'),
  ],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  resolve: {
    alias: {
      '@': here('src'),
      'teahouse-client': here('../sdk/js/src/index.ts'),
      // Of markdown-it's packages, what a chat needs.
      entities: here('src/composables/entities.ts'),
      'punycode.js': here('src/composables/hosts.ts'),
    },
  },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // A strict content security policy allows no inline data as script; small pictures may be inlined.
    modulePreload: { polyfill: false },
    // What single components bring is a few hundred bytes, and each file a request.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Few files for what everybody needs: on a phone each request costs more than some kilobytes too many.
        codeSplitting: {
          // A list that names all of the kit is no reason to load all of it.
          includeDependenciesRecursively: false,
          groups: [
            // What the first script is made of: it waits for nothing else.
            { name: 'first', test: FIRST, priority: 6 },
            // In two, and none larger than others: what is fetched side by side shares the network, and the largest
            // comes last.
            { name: 'vue', test: /node_modules\/(@vue|vue)\/|export-helper/, priority: 5 },
            {
              name: 'around',
              test: /node_modules\/(vue-router|pinia|vue-i18n|@intlify|@vueuse)\/|\/src\/i18n\.ts/,
              priority: 5,
            },
            { name: 'kit', test: KIT, minShareCount: 2, priority: 3 },
            // What opens over a page: fetched with the first of it.
            { name: 'windows', test: WINDOWS, minShareCount: 2, priority: 2 },
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
