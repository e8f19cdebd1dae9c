// The layers of the JavaScript side, as import-linter keeps those of the Python side. Imports run downwards only:
//   sdk: index > client, rest > wire          web: views > components > composables > stores > db, api > sdk; widget > sdk
const below = (name, from, to, why) => ({
  name,
  severity: 'error',
  comment: why,
  from: { path: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-package', severity: 'error', from: {}, to: { couldNotResolve: true } },
    below('wire-is-lowest', '^sdk/js/src/wire', '^(sdk/js/src/(client|rest)|web)', 'wire knows bytes and types only'),
    below('sdk-knows-no-framework', '^sdk', '(^web|node_modules/(vue|pinia|reka-ui))', 'the SDK runs without a page'),
    below('rest-and-client', '^sdk/js/src/rest', '^sdk/js/src/client', 'neighbours'),
    below('db-and-api', '^web/src/(db|api)', '^web/src/(stores|composables|components|views)', 'below the stores'),
    below('stores', '^web/src/stores', '^web/src/(composables|components|views)', 'stores know no component'),
    below('composables', '^web/src/composables', '^web/src/(components|views)', 'composables know no component'),
    below('components', '^web/src/components', '^web/src/views', 'a component is used by views, not the reverse'),
    below('kit', '^web/src/components/kit', '^web/src/(stores|components/(?!kit))', 'the kit knows nothing of chat'),
    below('widget', '^web/widget', '^web/(?!widget|src/composables/richText)', 'the widget is small and stands alone'),
    below('no-widget', '^(sdk|web/src)', '^web/widget', 'the widget is a program of its own'),
    below('worker', '^web/src/worker', '^web/src/(?!worker)', 'the service worker stands alone'),
  ],
  options: {
    tsPreCompilationDeps: true,
    // Paths in it count from here; those of web/tsconfig.json from there.
    tsConfig: { fileName: 'tsconfig.layers.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.json|\\.css)$' },
  },
}
