/** The addresses of the client. Whoever is not logged in is led to the login and back to where they wanted to go. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may come: everybody, only who is not logged in, or (left out) whoever is. */
    open?: 'everybody' | 'strangers'
    admin?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'chat', component: () => import('./views/ChatView.vue') },
  {
    path: '/c/:conversation',
    name: 'conversation',
    component: () => import('./views/ChatView.vue'),
    props: true,
  },
  {
    path: '/login',
    name: 'login',
    component: () => import('./views/LoginView.vue'),
    meta: { open: 'strangers' },
  },
  {
    path: '/register',
    name: 'register',
    component: () => import('./views/RegisterView.vue'),
    meta: { open: 'strangers' },
  },
  {
    path: '/reset/:token?',
    name: 'reset',
    component: () => import('./views/ResetView.vue'),
    props: true,
    meta: { open: 'everybody' },
  },
  {
    path: '/join/:token',
    name: 'join',
    component: () => import('./views/JoinView.vue'),
    props: true,
    meta: { open: 'everybody' },
  },
  {
    path: '/settings/:section?',
    name: 'settings',
    component: () => import('./views/SettingsView.vue'),
    props: true,
  },
  {
    path: '/admin/:section?',
    name: 'admin',
    component: () => import('./views/AdminView.vue'),
    props: true,
    meta: { admin: true },
  },
  {
    path: '/:path(.*)*',
    name: 'nowhere',
    component: () => import('./views/NotFoundView.vue'),
    meta: { open: 'everybody' },
  },
]

/** What the router asks about whoever is at the screen; the session store answers. */
export interface Visitor {
  known: () => Promise<boolean>
  admin: () => boolean
}

export function createAppRouter(visitor: Visitor) {
  const router = createRouter({ history: createWebHistory(), routes })
  router.beforeEach(async (to) => {
    if (to.meta.open === 'everybody') return true
    const known = await visitor.known()
    if (to.meta.open === 'strangers') return known ? { name: 'chat' } : true
    if (!known) return { name: 'login', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
    if (to.meta.admin && !visitor.admin()) return { name: 'chat' }
    return true
  })
  return router
}
