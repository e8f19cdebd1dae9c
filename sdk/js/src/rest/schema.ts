// Generated from docs/reference/openapi.json by generate.mjs: do not edit.

export interface paths {
  '/api/v1/conversations/{conversation}/messages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A page of the conversation's entries, ascending by seq.
     * @description Without `before` and `after` the newest; with `before` the newest of those before it; with `after` the first
     *     of those after it. With `thread` only the replies to that message. With `quotes` each reply comes with the
     *     beginning of what it answers.
     */
    get: operations['messages_history']
    put?: never
    /**
     * Send a message.
     * @description It is on disk when the answer comes. Send again with the same `Idempotency-Key` when no answer came. Besides
     *     the id of a conversation its place in the path may be `@nick`, for the direct conversation with somebody.
     */
    post: operations['messages_send']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/messages/{seq}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Recall a message: its content is erased for everybody, a tombstone stays. */
    delete: operations['messages_recall']
    options?: never
    head?: never
    /** Edit a message of one's own. The answer is the seq of the entry that says so. */
    patch: operations['messages_edit']
    trace?: never
  }
  '/api/v1/conversations/{conversation}/read': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Move the read mark forward, at most to the last entry. */
    post: operations['messages_read']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The conversations one is in, pinned ones first, then by last message. */
    get: operations['conversations_mine']
    put?: never
    /** Make a group, channel or room, with its first members. */
    post: operations['conversations_create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/members': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who is in, in order of user id, `limit` after the user id `after`. */
    get: operations['conversations_members']
    put?: never
    /** Bring others in, by those who may invite. */
    post: operations['groups_invite']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/online': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who is here now: of one conversation, or all. */
    get: operations['conversations_online']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/pins': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The messages that are pinned for all, the last pinned first. */
    get: operations['sight_pins']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/messages/{seq}/readers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who has read a message.
     * @description `at` is when they last read on in the conversation. In large ones there is only the number. Who hides their
     *     receipts is not listed, and sees nobody.
     */
    get: operations['sight_readers']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/receipts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How far the others have received and read.
     * @description By seq, as the event `receipt` tells it to whoever is there; `at` is when they last read on. In large
     *     conversations the list is empty. Who hides their receipts is not listed, and sees nobody.
     */
    get: operations['sight_receipts']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/hide': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Delete messages for oneself, on all of one's devices. Nobody else is told. */
    post: operations['sight_hide']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/clear': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Clear the history for oneself, on all of one's devices. Nobody else is told. */
    post: operations['sight_clear']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/expiry': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Set how long new messages stay: by owner and admins, in a direct conversation by both. */
    put: operations['sight_expire']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/preferences': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What one wishes for all conversations. */
    get: operations['sight_preferences']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Change it. Who hides their receipts (`receipts` false) sees nobody else's. */
    patch: operations['sight_prefer']
    trace?: never
  }
  '/api/v1/conversations/{conversation}/scheduled': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Write a message now and send it later.
     * @description It is sent once, with all the checks of that moment; if it is refused then, it stays in the list with `failed`.
     *     The message then carries the schedule's id as its `cid`.
     */
    post: operations['schedules_schedule']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scheduled': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One's own scheduled messages, by time. */
    get: operations['schedules_scheduled']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/scheduled/{schedule}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Do not send it. */
    delete: operations['schedules_cancel']
    options?: never
    head?: never
    /** Another time, other words, or both. */
    patch: operations['schedules_reschedule']
    trace?: never
  }
  '/api/v1/conversations/{conversation}/streams': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Begin a message that others see while it is written. For bots whose token has the scope `stream`. */
    post: operations['streams_begin']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/streams/{stream}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Add words to a stream. */
    post: operations['streams_append']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/streams/{stream}/finish': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Finish a stream: the whole is stored as one message. Without a word nothing is. */
    post: operations['streams_finish']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/register': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Make an account, and be logged in.
     * @description `conflict` if the user or the nick is taken, whichever it is; `forbidden` where not everybody may make one.
     */
    post: operations['auth_register']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/first-admin': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Make the first administrator, with the link that the server logged when it started. */
    post: operations['auth_first_admin']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Log in with user and password.
     * @description Too many wrong passwords are `rate_limited`; when very many people log in at once, some are told to come back
     *     (`unavailable`).
     */
    post: operations['auth_login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Get new tokens for a refresh token.
     * @description The old refresh token is used up: whoever uses it again logs the device out, because two have what one should
     *     have. So refresh from one place only, one request at a time.
     */
    post: operations['auth_refresh']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Log out the device whose token this is; its live connections end. A guest is gone for good. */
    post: operations['auth_logout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logout-all': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Log out all devices, this one too; all live connections end. */
    post: operations['auth_logout_all']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/web/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Log a browser in with user and password.
     * @description Like `/auth/login`, but the browser is given a cookie, and the page no token. A login before it ends.
     */
    post: operations['web_login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/web/register': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Make an account, and log the browser in. */
    post: operations['web_register']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/web/guest': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Let a browser in as a guest, by nick alone.
     * @description It is the guest of `hello` with the same `resume`. `conflict` if somebody has the nick, `unauthenticated` if the
     *     secret is not known, `forbidden` where guests are not let in.
     */
    post: operations['web_guest']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/web': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who this browser is logged in as, and the `csrf_token` of its pages. The login lasts on from now. */
    get: operations['web_current']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/web/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Log this browser out; its live connections end.
     * @description A guest is gone for good: nobody comes back with its secret.
     */
    post: operations['web_logout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/web/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * An access token of a browser's login, to say hello with on the WebSocket.
     * @description It is good for `expires_in` seconds, and only as long as the browser is logged in.
     */
    post: operations['web_token']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/providers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The providers a login page may offer besides a password. */
    get: operations['oidc_providers']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{provider}/start': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Begin to log this browser in: it is sent to the provider, and comes back to `return_to`. */
    get: operations['oidc_start']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{provider}/app': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Begin to log an app in, in the browser of its user.
     * @description The browser comes back to `redirect` with a `code`, which the app exchanges at `/auth/oidc/exchange`.
     */
    get: operations['oidc_start_app']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{provider}/link': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Begin to tie one's account to who one is at the provider, so that it logs one in from then on. */
    post: operations['oidc_link']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/{provider}/callback': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Where the provider sends the browser back to; not to be called otherwise. */
    get: operations['oidc_callback']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/oidc/exchange': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Tokens for an app, for the code it was given and the verifier of its challenge. Within a minute, once. */
    post: operations['oidc_exchange']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/providers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who one is at providers that log one in. */
    get: operations['oidc_ties']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/providers/{provider}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Be logged in by this provider no more. `conflict` if that is the only way in. */
    delete: operations['oidc_untie']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One's own account. */
    get: operations['me_show']
    put?: never
    post?: never
    /**
     * Erase oneself, for good.
     * @description One is logged out everywhere at once. Then what one wrote is erased, tombstones stay in its place; the account
     *     and its name go, and where one was, `deleted` is seen.
     */
    delete: operations['me_erase']
    options?: never
    head?: never
    /**
     * Change one's profile. A nick that somebody has is `conflict`.
     * @description `avatar` is a picture one uploaded; one that is not there, or somebody else's, is `not_found`.
     */
    patch: operations['me_change']
    trace?: never
  }
  '/api/v1/users/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Change one's password; all other devices are logged out. A wrong old one is `forbidden`. */
    post: operations['me_password']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/devices': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The devices one is logged in with, the oldest login first. */
    get: operations['me_devices']
    put?: never
    /** Give the device that asks a name. It became one by logging in. */
    post: operations['me_name_device']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/devices/{login}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Log a device out, by its `id`; its live connections end. */
    delete: operations['me_log_out_device']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/deactivate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Close one's account: nobody can log in to it until an administrator opens it again. Nothing is erased. */
    post: operations['me_deactivate']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/export': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Everything that is kept of oneself, as one JSON document: account, devices, conversations, contacts, blocks,
     * @description files, schedules, and all entries one wrote.
     */
    get: operations['me_export']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Accounts, in order of nick. */
    get: operations['users_search']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One user, by id. */
    get: operations['users_show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/.well-known/jwks.json': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The public keys access tokens are signed with (RFC 7517). */
    get: operations['keys_jwks']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/search': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Find messages, newest first, in all that one may read.
     * @description `query` is words, "exact phrases", -excluded, and filters: from:@nick, in:title, has:link, before:YYYY-MM-DD,
     *     after:YYYY-MM-DD. `before` and `after` are milliseconds UTC. `next` of the answer is the `cursor` of the page
     *     after it.
     */
    get: operations['search_search']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A conversation's settings. The `ETag` changes with them. */
    get: operations['groups_settings']
    put?: never
    post?: never
    /** End a conversation, by its owner: everybody is out, and may read what was there until now. */
    delete: operations['groups_dissolve']
    options?: never
    head?: never
    /** Change settings, by owner and admins. With `If-Match`, only if they are still those of the tag. */
    patch: operations['groups_update']
    trace?: never
  }
  '/api/v1/conversations/{conversation}/join': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Come in, where anybody may; or ask to be let in, where that takes approval. */
    post: operations['groups_join']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/leave': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Go. An owner who is not alone hands over first. */
    post: operations['groups_leave']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/members/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Remove a member. They hear nothing more. */
    delete: operations['groups_kick']
    options?: never
    head?: never
    /** Give a role (by the owner; `owner` hands the ownership over), or mute or unmute a member. */
    patch: operations['groups_place']
    trace?: never
  }
  '/api/v1/conversations/{conversation}/bans': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who is banned, in order of user id, `limit` after the user id `after`. For owner and admins. */
    get: operations['groups_bans']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/bans/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Remove somebody for good, or keep somebody out. */
    put: operations['groups_ban']
    post?: never
    /** Let somebody come back, if they want to. */
    delete: operations['groups_unban']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/links': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The links that work, without their tokens. For owner and admins. */
    get: operations['entrance_links']
    put?: never
    /** Make an invitation link, by owner and admins. Its token is told this once. */
    post: operations['entrance_make']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/links/{link}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** A link lets nobody in any more. */
    delete: operations['entrance_revoke']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/links/{token}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Where a link leads: title and number of members. */
    get: operations['entrance_preview']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/links/{token}/join': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Come in by a link. A link with one use lets in one, however many come at once. */
    post: operations['entrance_join']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who asked to be let in, in the order they came. For owner and admins. */
    get: operations['entrance_requests']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/requests/{user}/approve': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Let somebody in who asked. */
    post: operations['entrance_approve']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/requests/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Do not let somebody in; with one's own id, ask no longer. */
    delete: operations['entrance_reject']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/blocks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Whom one has blocked, in order of user id, `limit` after the user id `after`. */
    get: operations['relations_blocks']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/blocks/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Block somebody: they cannot write to one, see one's presence, or bring one into groups. */
    put: operations['relations_block']
    post?: never
    /** Block somebody no longer. */
    delete: operations['relations_unblock']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/contacts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One's contacts, in order of user id, `limit` after the user id `after`. */
    get: operations['relations_contacts']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/contacts/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Add a contact, or give it another alias. */
    put: operations['relations_contact']
    post?: never
    /** Take somebody out of one's contacts. */
    delete: operations['relations_uncontact']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/messages/{seq}/reports': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Report a message to the administrators, as it is now. The same again is the same report. */
    post: operations['reports_message']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/{user}/reports': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Report a user to the administrators. */
    post: operations['reports_user']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/reports': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The newest reports first, `limit` before the id `before`. */
    get: operations['reports_reports']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/reports/{report}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Say what became of a report. */
    patch: operations['reports_settle']
    trace?: never
  }
  '/api/v1/previews': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a web page says of itself, to show beside a link.
     * @description The server fetches the page, if its address is public; that there is no preview is all that is told otherwise.
     */
    get: operations['previews_preview']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/previews/image': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The picture of a preview, fetched by the server, so that whoever is shown a link calls nobody else.
     * @description `not_found` if there is no picture at the address, for whatever reason.
     */
    get: operations['previews_image']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/hooks/{token}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Write into the conversation of a webhook.
     * @description What the body looks like is the webhook's style. What a service tells of that makes no message (a branch was
     *     removed, say) is answered with an empty object.
     */
    post: operations['hooks_post']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/bots': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The bots one owns. */
    get: operations['bots_mine']
    put?: never
    /**
     * Make a bot. The answer has its token, which is told once.
     * @description A bot is a user: it is invited like people, and bound by the same rates. Its token takes the place of an
     *     access token, as bearer and in `hello`, and allows what its scopes say.
     */
    post: operations['bots_make']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/bots/{bot}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One of one's bots; a bot itself may ask, too. */
    get: operations['bots_one']
    put?: never
    post?: never
    /** End a bot: its token holds no longer, and it leaves its conversations. What it wrote stays. */
    delete: operations['bots_end']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/bots/{bot}/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A new token. The old one holds no longer, and connections that came with it are ended. */
    post: operations['bots_turn']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/bots/{bot}/commands': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Set all slash commands of a bot, by its owner or by itself. */
    put: operations['bots_instruct']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/commands': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What may be written after a slash here: the commands of the bots that are in, and the server's own. */
    get: operations['bots_slash']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/webhooks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The webhooks of a conversation, without their addresses. */
    get: operations['webhooks_all']
    put?: never
    /** Make an address that writes into a conversation. By its owner and admins. */
    post: operations['webhooks_make']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/webhooks/{webhook}/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A new address; the old one leads nowhere from now on. */
    post: operations['webhooks_turn']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/webhooks/{webhook}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Drop a webhook. What it wrote stays. */
    delete: operations['webhooks_drop']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Accounts, bots among them, in order of nick. */
    get: operations['people_page']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/users/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One account, disabled or not. */
    get: operations['people_show']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Disable or enable an account, give or take administration. Who is disabled is logged out everywhere, and so
     * @description are their bots. Nobody does this to themselves: so there is always an administrator.
     */
    patch: operations['people_change']
    trace?: never
  }
  '/api/v1/admin/users/{user}/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Log an account out on all devices; live connections end. */
    post: operations['people_log_out']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/users/{user}/password-link': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Let somebody choose a new password. Give them the token by a way that is safe. */
    post: operations['passwords_offer']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/reset': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Choose a new password with the token an administrator gave; all devices are logged out. */
    post: operations['passwords_redeem']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/statistics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How many of what. Counts of the store may be a few seconds old. */
    get: operations['outside_statistics']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/conversations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** All conversations but the lobby, in order of id: how large they are, not what was said. */
    get: operations['outside_conversations']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/conversations/{conversation}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One conversation, and who is and was in it. */
    get: operations['outside_conversation']
    put?: never
    post?: never
    /**
     * Dissolve a conversation: everybody is out, and may still read what was there until then.
     * @description The entry that says so names the administrator; the audit log has it, too.
     */
    delete: operations['outside_end']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who is connected, the oldest connections first. */
    get: operations['live_page']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/sessions/{session}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** End a connection, and tell its client not to come back by itself. */
    delete: operations['live_cut']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/messages/{message}/trace': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What became of a message. Asking is recorded in the audit log. */
    get: operations['trace_trace']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who did what, newest first. */
    get: operations['audit_page']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/dead-letters': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Jobs that were given up, those that were first. */
    get: operations['letters_page']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/dead-letters/retry': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Give all of them back, to be done now, and tell how many they were. */
    post: operations['letters_retry_all']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/dead-letters/{letter}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One of them, with what it was to do. */
    get: operations['letters_show']
    put?: never
    post?: never
    /** Forget one: it will not be done. */
    delete: operations['letters_discard']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/dead-letters/{letter}/retry': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Give one back, to be done now: its attempts are counted anew. */
    post: operations['letters_retry']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/hello': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Be a visitor of a team: a new one, who one was before, or who the host site says.
     * @description Then say `hello` with the token on the WebSocket, or call REST with it, and write into the conversation.
     */
    post: operations['desk_visitors_hello']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/matter': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How one's own matter stands; by visitors. */
    get: operations['desk_visitors_matter']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/matter/person': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Ask for a person instead of the bot; by visitors. */
    post: operations['desk_visitors_person']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/matter/rating': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Say how it went, from 1 to 5, once it is resolved; by visitors. */
    post: operations['desk_visitors_rate']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Oneself as an agent. */
    get: operations['desk_tickets_me']
    /** One's status: who is online, and connected, is asked to take tickets. */
    put: operations['desk_tickets_turn']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The tickets of one's teams. */
    get: operations['desk_tickets_tickets']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One ticket of one's teams. */
    get: operations['desk_tickets_one']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Labels and priority; who has a higher one is served first. */
    patch: operations['desk_tickets_mark']
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The record of a ticket, in order, up to 500 at once; whispers among agents (`note`) are in it. */
    get: operations['desk_tickets_events']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/visitor': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who asks, and what else they came for. */
    get: operations['desk_tickets_visitor']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/messages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What was said, also before one is in the conversation. */
    get: operations['desk_tickets_messages']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/accept': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Take the ticket one is asked to take. */
    post: operations['desk_tickets_accept']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/decline': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Let somebody else take it. */
    post: operations['desk_tickets_decline']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/take': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Take a ticket out of the queue, or as a supervisor from somebody else. */
    post: operations['desk_tickets_take']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/transfer': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Pass a ticket on, to another team or to those with a skill. */
    post: operations['desk_tickets_transfer']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/resolve': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** It is done. The visitor may rate it, or write again. */
    post: operations['desk_tickets_resolve']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/whispers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A note that only agents see. */
    post: operations['desk_tickets_whisper']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/watch': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Come into a conversation beside its agent, or leave it; by supervisors. */
    post: operations['desk_tickets_watch']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/knowledge': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What the bot knows. */
    get: operations['desk_papers_articles']
    put?: never
    /** One article, or question and answer. By supervisors. */
    post: operations['desk_papers_add_article']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/knowledge/{article}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Forget an article. By supervisors. */
    delete: operations['desk_papers_drop_article']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/knowledge/import': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Many articles out of a file. One that was imported before is replaced. By supervisors. */
    post: operations['desk_papers_load_articles']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/training': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What people say, and which intent that has. */
    get: operations['desk_papers_examples']
    put?: never
    /** A row of training. By supervisors. */
    post: operations['desk_papers_add_example']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/training/{example}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Forget a row of training. By supervisors. */
    delete: operations['desk_papers_drop_example']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/training/import': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Many rows of training out of a CSV. By supervisors. */
    post: operations['desk_papers_load_examples']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/feedback': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** An answer was bad: what was asked before it becomes a row of training. */
    post: operations['desk_papers_feedback']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/canned': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The canned replies of a team, and one's own, as they were written. */
    get: operations['desk_papers_canned']
    put?: never
    /** A canned reply: one's own, or by supervisors for the team. */
    post: operations['desk_papers_add_canned']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/canned/{reply}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Forget a canned reply: one's own, or by supervisors one of the team. */
    delete: operations['desk_papers_drop_canned']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/tickets/{ticket}/canned': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The canned replies one may use, with the variables of this ticket filled in. */
    get: operations['desk_papers_ready']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One's teams; for administrators all. */
    get: operations['desk_teams_teams']
    put?: never
    /** A team. Its key goes into pages; its secret stays with the host site. */
    post: operations['desk_teams_make']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Hours, times and words of a team. */
    patch: operations['desk_teams_change']
    trace?: never
  }
  '/api/v1/desk/teams/{team}/secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A new secret. Signatures and tokens of visitors that were made with the old one hold no longer. */
    post: operations['desk_teams_turn']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/agents': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Those of one's teams; for administrators all. */
    get: operations['desk_teams_agents']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/agents/{user}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Make an account an agent, or change what kind of one it is. */
    put: operations['desk_teams_appoint']
    post?: never
    /** Somebody is no agent any more. The visitors they served get somebody else when they have waited too long. */
    delete: operations['desk_teams_dismiss']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/report': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How a team did: first response, resolution, satisfaction, and what the bot contained. By supervisors. */
    get: operations['desk_teams_report']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/desk/teams/{team}/report.csv': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The same as a table (RFC 4180). */
    get: operations['desk_teams_report_csv']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/outgoing-webhooks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The outgoing webhooks of a conversation, without their secrets. */
    get: operations['outlets_all']
    put?: never
    /** Have an address told of what happens in a conversation. By its owner and admins. */
    post: operations['outlets_make']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/outgoing-webhooks/{outlet}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One of them: its settings, and whether deliveries arrive. */
    get: operations['outlets_one']
    put?: never
    post?: never
    /** Drop it: nothing more is delivered. */
    delete: operations['outlets_drop']
    options?: never
    head?: never
    /** Change where deliveries go, and of what. */
    patch: operations['outlets_change']
    trace?: never
  }
  '/api/v1/conversations/{conversation}/outgoing-webhooks/{outlet}/secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A new secret. For a day, deliveries are signed with the one before, too. */
    post: operations['outlets_turn']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/outgoing-webhooks/{outlet}/paused': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Pause it, or turn it on again: what happened meanwhile is told by a replay only. */
    put: operations['outlets_pause']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/outgoing-webhooks/{outlet}/replay': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Tell it again of what happened, with the delivery ids of the first time. */
    post: operations['outlets_replay']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/outgoing-webhooks/{outlet}/test': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send it a test delivery, signed, and see what it answers. It is tried once; nothing else is changed by it. */
    post: operations['outlets_test']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/outgoing-webhooks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** All outgoing webhooks, those of conversations, too. */
    get: operations['server_outlets_all']
    put?: never
    /** Have an address told of what happens on the server. */
    post: operations['server_outlets_make']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/outgoing-webhooks/{outlet}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One of them: its settings, and whether deliveries arrive. */
    get: operations['server_outlets_one']
    put?: never
    post?: never
    /** Drop any of them: nothing more is delivered. */
    delete: operations['server_outlets_drop']
    options?: never
    head?: never
    /** Change one of the server: where deliveries go, and of what. */
    patch: operations['server_outlets_change']
    trace?: never
  }
  '/api/v1/admin/outgoing-webhooks/{outlet}/secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** A new secret for one of the server. For a day, deliveries are signed with the one before, too. */
    post: operations['server_outlets_turn']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/outgoing-webhooks/{outlet}/paused': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Pause any of them, or turn it on again: what happened meanwhile is told by a replay only. */
    put: operations['server_outlets_pause']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/outgoing-webhooks/{outlet}/replay': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Tell one again of what happened, with the delivery ids of the first time. */
    post: operations['server_outlets_replay']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/outgoing-webhooks/{outlet}/test': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send any of them a test delivery, signed, and see what it answers. */
    post: operations['server_outlets_test']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/push': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One's devices that are woken up, the oldest first, and the key to subscribe a browser with. */
    get: operations['push_woken']
    put?: never
    /**
     * Wake this device up from now on, as long as the login lasts that asks. The same again is the same device.
     * @description A service the server has not set up is `bad_request`, more devices than one may have are `conflict`.
     */
    post: operations['push_register']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/push/{device}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Wake this device up no more. */
    delete: operations['push_forget']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/push/test': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Wake one's devices up now, to see whether it works. */
    post: operations['push_test']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/users/me/notifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How one wants to be told. */
    get: operations['push_notifications']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /** Change how one wants to be told. */
    patch: operations['push_wish']
    trace?: never
  }
  '/api/v1/files/slots/{file}/{mark}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Put a file at the address that XMPP gave for it, once: its bytes are the body. */
    put: operations['slots_fill']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/slots/{file}/{mark}/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Get a file by the address that a message over XMPP gave. The name is for people. */
    get: operations['slots_content']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One's own files, newest first: `limit` of those before the id `before`. */
    get: operations['files_mine']
    put?: never
    /**
     * Upload a file: its bytes are the body.
     * @description The `Content-Type` says nothing: what a file is follows from its content. To show it to others, send a message
     *     with a body of the type `image`, `file` or `voice`. For large files and bad connections there is
     *     `POST /files/uploads`.
     */
    post: operations['files_upload']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{file}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Read a file, or a part of it (`Range`).
     * @description It is for saving, `Content-Disposition: attachment`. With `inline=1` images, audio, video and PDF may be shown
     *     in a page. Anything else never is, HTML and SVG least of all.
     */
    get: operations['files_content']
    put?: never
    post?: never
    /** Delete a file of one's own that no message carries. One that was sent goes when its message is recalled. */
    delete: operations['files_delete']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{file}/info': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What is known of a file. */
    get: operations['files_info']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{file}/thumbnail': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A small WebP of an image. It has nothing of what a camera writes into a picture beside the picture. */
    get: operations['files_thumbnail']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/uploads': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin an upload in parts (tus). `Location` says where it goes on.
     * @description A body may hold the first part already.
     */
    post: operations['uploads_create']
    delete?: never
    /** What of tus is spoken here. */
    options: operations['uploads_abilities']
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/uploads/{upload}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Give an upload up (tus). */
    delete: operations['uploads_terminate']
    options?: never
    /** How much of an upload is here (tus). */
    head: operations['uploads_progress']
    /** Add the next part to an upload (tus). After the last one it is a file by the same id. */
    patch: operations['uploads_append']
    trace?: never
  }
  '/api/v1/users/{user}/avatar': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The picture of an account, as a small WebP; `not_found` if there is none. */
    get: operations['avatars_of_user']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/conversations/{conversation}/avatar': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The picture of a conversation, for its members, as a small WebP; `not_found` if there is none. */
    get: operations['avatars_of_conversation']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/ping': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Ping
     * @description Answers `pong`.
     */
    get: operations['ping_ping_get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/healthz': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Healthz
     * @description The process runs and its event loop turns. Restart it if this fails.
     */
    get: operations['healthz_healthz_get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/readyz': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Readyz
     * @description The server can serve: send clients elsewhere while this fails, also while it drains.
     *
     *     Of several nodes each speaks for itself. One that does not hear the others (`broker`) goes on: what it misses
     *     it finds in the store.
     */
    get: operations['readyz_readyz_get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/metrics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Metrics
     * @description Numbers in the text format of Prometheus, for who has the token, or asks from the server's machine.
     */
    get: operations['metrics_metrics_get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    /** Alive */
    Alive: {
      /**
       * Status
       * @default alive
       */
      status?: string
    }
    /** Pong */
    Pong: {
      /**
       * Message
       * @default pong
       */
      message?: string
    }
    /** Readiness */
    Readiness: {
      /** Ready */
      ready: boolean
      /** Checks */
      checks: {
        [key: string]: string
      }
      /** Asides */
      asides?: {
        [key: string]: string
      } | null
    }
    /**
     * Document
     * @description RFC 9457, 3.1; `type` is left out, which means that the status says it all.
     */
    Document: {
      title: string
      status: number
      detail: string
      code: string
      /** @default false */
      retry?: boolean
      /** @default null */
      retry_after_ms?: number | null
    }
    /**
     * NewMessage
     * @description `text`, a `body` with a `type`, or originals to `forward`: one of the three. `thread` is the seq of the message
     *         whose thread this goes into; after `expires_s` seconds it is erased. `at` (see `scheduled`) and `ephemeral` are for
     *         elsewhere: passed over, they would send too early, or keep what is not to be kept.
     */
    NewMessage: {
      /** @default null */
      text?: string | null
      /** @default null */
      body?: Record<string, never> | null
      /** @default null */
      reply_to?: number | null
      /**
       * @default normal
       * @enum {unknown}
       */
      priority?: 'high' | 'normal'
      /** @default null */
      thread?: number | null
      /** @default null */
      forward?: components['schemas']['Original'][] | null
      /** @default null */
      expires_s?: number | null
      /** @default null */
      at?: unknown
      /** @default null */
      ephemeral?: unknown
    }
    /**
     * Original
     * @description Where a message stands that is forwarded.
     */
    Original: {
      conversation: string
      seq: number
    }
    /** Sent */
    Sent: {
      conversation: string
      seq: number
      message: string
      at: number
      /** @default false */
      duplicate?: boolean
    }
    /** HistoryPage */
    HistoryPage: {
      entries: components['schemas']['Entry'][]
      more: boolean
    }
    /** Revised */
    Revised: {
      /** @default null */
      text?: string | null
      /** @default null */
      body?: Record<string, never> | null
    }
    /**
     * Logged
     * @description The seq of the entry that a change wrote.
     */
    Logged: {
      seq: number
    }
    /** ReadMark */
    ReadMark: {
      seq: number
    }
    /** ReadUpTo */
    ReadUpTo: {
      seq: number
      unread: number
      /** @default 0 */
      mentions?: number
    }
    /** ConversationList */
    ConversationList: {
      conversations: components['schemas']['Summary'][]
      /** @default 0 */
      badge?: number
    }
    /**
     * Summary
     * @description A conversation in one's list. `peer` is the other person of a direct conversation, `avatar` the id of the
     *         picture of any other.
     */
    Summary: {
      conversation: string
      kind: string
      title: string
      role: string
      last_seq: number
      read_seq: number
      unread: number
      mentions: number
      pinned: boolean
      muted: boolean
      archived: boolean
      /** @default null */
      peer?: components['schemas']['Person'] | null
      /** @default null */
      last_message?: components['schemas']['Entry'] | null
      /** @default 0 */
      cleared_seq?: number
      /** @default 0 */
      expires_s?: number
      /** @default  */
      avatar?: string
    }
    /**
     * Person
     * @description A user as others see it.
     */
    Person: {
      id: string
      nick: string
    }
    /**
     * NewConversation
     * @description `members` are user ids or `@nick`s.
     */
    NewConversation: {
      /** @enum {unknown} */
      kind: 'channel' | 'group' | 'room'
      /** @default  */
      title?: string
      /** @default [] */
      members?: string[]
      /** @default  */
      topic?: string
      /** @default null */
      join?: ('approval' | 'invite' | 'open') | null
      /** @default null */
      reach?: ('all' | 'joined' | 'last') | null
      /** @default 50 */
      last?: number
    }
    /** Created */
    Created: {
      conversation: string
      seq: number
      kind: string
      title: string
    }
    /** MemberPage */
    MemberPage: {
      members: components['schemas']['MemberRow'][]
      more: boolean
    }
    /** MemberRow */
    MemberRow: {
      id: string
      nick: string
      role: string
      status: string
      /** @default 0 */
      joined?: number
      /** @default 0 */
      muted_until?: number
    }
    /** OnlineList */
    OnlineList: {
      users: components['schemas']['OnlineUser'][]
      count: number
    }
    /** OnlineUser */
    OnlineUser: {
      id: string
      nick: string
      status: string
      /** @default  */
      text?: string
    }
    /**
     * PinnedMessages
     * @description The last pinned first.
     */
    PinnedMessages: {
      entries: components['schemas']['Entry'][]
    }
    /**
     * ReaderList
     * @description `count` is how many of `of` members have read it. `readers` is empty in large conversations.
     */
    ReaderList: {
      count: number
      of: number
      /** @default [] */
      readers?: components['schemas']['Reader'][]
    }
    /**
     * Reader
     * @description `at`: when they last read on here, which may be further than the message asked for.
     */
    Reader: {
      id: string
      nick: string
      at: number
    }
    /**
     * ReceiptList
     * @description By user. Who has received nothing is left out; empty in large conversations.
     */
    ReceiptList: {
      /** @default [] */
      receipts?: components['schemas']['Watermarks'][]
    }
    /**
     * Watermarks
     * @description What a member has received and read. `at`: when they last read on, if that is known.
     */
    Watermarks: {
      user: string
      delivered: number
      read: number
      /** @default null */
      at?: number | null
    }
    /** ToHide */
    ToHide: {
      seqs: number[]
    }
    /** Done */
    Done: Record<string, never>
    /**
     * ToClear
     * @description Without `upto` all there is now.
     */
    ToClear: {
      /** @default null */
      upto?: number | null
    }
    /**
     * Lifespan
     * @description Seconds; 0: new messages stay.
     */
    Lifespan: {
      expires_s: number
    }
    /** Preferred */
    Preferred: {
      receipts: boolean
    }
    /**
     * Wishes
     * @description What is left out stays as it is.
     */
    'teahouse.gateways.rest.sights.Wishes': {
      /** @default null */
      receipts?: boolean | null
    }
    /**
     * Later
     * @description A message, as it will be sent, and when (milliseconds UTC, within a year).
     */
    Later: {
      at: number
      /** @default null */
      text?: string | null
      /** @default null */
      body?: Record<string, never> | null
      /** @default null */
      reply_to?: number | null
      /** @default null */
      thread?: number | null
      /** @default null */
      forward?: components['schemas']['Original'][] | null
      /** @default null */
      expires_s?: number | null
    }
    /**
     * Scheduled
     * @description A message that waits for its time. `failed` is the code it was refused with, `why` the sentence.
     */
    Scheduled: {
      schedule: string
      conversation: string
      at: number
      /** @default null */
      body?: Record<string, never> | null
      /** @default [] */
      forward?: components['schemas']['Original'][]
      /** @default null */
      reply_to?: number | null
      /** @default null */
      thread?: number | null
      /** @default  */
      failed?: string
      /** @default  */
      why?: string
    }
    /** ScheduleList */
    ScheduleList: {
      schedules: components['schemas']['Scheduled'][]
    }
    /**
     * Change
     * @description What is left out stays as it is.
     */
    Change: {
      /** @default null */
      at?: number | null
      /** @default null */
      text?: string | null
      /** @default null */
      body?: Record<string, never> | null
    }
    /**
     * NewStream
     * @description `append`: the first words, if there are any yet.
     */
    NewStream: {
      /**
       * @default markdown
       * @enum {unknown}
       */
      type?: 'markdown' | 'text'
      /** @default  */
      append?: string
      /** @default null */
      reply_to?: number | null
      /** @default null */
      thread?: number | null
    }
    /**
     * Streaming
     * @description `length`: how many characters there are.
     */
    Streaming: {
      conversation: string
      stream: string
      length: number
    }
    /** More */
    More: {
      /** @default  */
      append?: string
    }
    /**
     * NewAccount
     * @description Without `nick`, it is the user name. `invitation` where accounts are made with one.
     */
    NewAccount: {
      /** @description What one logs in with. */
      user: string
      password: string
      /** @default null */
      nick?: string | null
      /**
       * @description A name for the device, for its owner.
       * @default
       */
      device?: string
      /** @default null */
      invitation?: string | null
    }
    /**
     * Tokens
     * @description Send `access_token` as bearer with each request, and get new ones with `refresh_token` before `expires_in`
     *         seconds are over. A refresh token is good for one use.
     */
    Tokens: {
      user: components['schemas']['Named']
      access_token: string
      refresh_token: string
      token_type: string
      expires_in: number
    }
    /**
     * Named
     * @description An account as its owner is told of it: the name to log in with, and the nick others see.
     */
    Named: {
      id: string
      user: string
      nick: string
    }
    /**
     * FirstAdmin
     * @description `token` is what the link holds that the server logged at its start.
     */
    FirstAdmin: {
      token: string
      /** @description What one logs in with. */
      user: string
      password: string
      /** @default null */
      nick?: string | null
      /**
       * @description A name for the device, for its owner.
       * @default
       */
      device?: string
    }
    /** Credentials */
    Credentials: {
      /** @description What one logs in with. */
      user: string
      password: string
      /**
       * @description A name for the device, for its owner.
       * @default
       */
      device?: string
    }
    /** RefreshToken */
    RefreshToken: {
      refresh_token: string
    }
    /**
     * WebLogin
     * @description Send `csrf_token` as X-CSRF-Token with every request that changes something. The login is over after
     *         `expires_in` seconds in which nobody asked.
     */
    WebLogin: {
      user: components['schemas']['WebUser']
      csrf_token: string
      expires_in: number
    }
    /**
     * WebUser
     * @description Guests have no `user` to log in with.
     */
    WebUser: {
      id: string
      user: string
      nick: string
      guest: boolean
    }
    /**
     * GuestNick
     * @description `resume` is the secret of a guest who comes back, here or from a connection; `nick` may be another then.
     */
    GuestNick: {
      /** @description What others see. */
      nick: string
      /** @default null */
      resume?: string | null
    }
    /**
     * GuestLogin
     * @description As for accounts, and `resume`, with which the page says `hello` on the WebSocket.
     */
    GuestLogin: {
      user: components['schemas']['WebUser']
      csrf_token: string
      expires_in: number
      resume: string
    }
    /**
     * AccessToken
     * @description For `hello` on the WebSocket.
     */
    AccessToken: {
      access_token: string
      token_type: string
      expires_in: number
    }
    /** Offers */
    Offers: {
      providers: components['schemas']['Offer'][]
    }
    /**
     * Offer
     * @description `start` is where a login page sends the browser.
     */
    Offer: {
      id: string
      name: string
      start: string
    }
    /** Return */
    Return: {
      /**
       * @description Where the browser goes then: a path of this server.
       * @default /
       */
      return_to?: string
    }
    /**
     * Elsewhere
     * @description Send the browser there.
     */
    Elsewhere: {
      url: string
    }
    /** Exchange */
    Exchange: {
      code: string
      verifier: string
      /**
       * @description A name for the device, for its owner.
       * @default
       */
      device?: string
    }
    /** Ties */
    Ties: {
      ties: components['schemas']['Tie'][]
    }
    /** Tie */
    Tie: {
      issuer: string
      subject: string
    }
    /**
     * Me
     * @description One's own account. `user` is what one logs in with; others are not told.
     */
    Me: {
      id: string
      user: string
      nick: string
      kind: string
      admin: boolean
      bio: string
      avatar: string
      locale: string
      created: number
    }
    /**
     * Profile
     * @description What is left out stays as it is.
     */
    Profile: {
      /** @description What others see. */
      nick?: string
      bio?: string
      /** @description The id of a file; empty for none. */
      avatar?: string
      /** @description A language tag (BCP 47); empty for none. */
      locale?: string
    }
    /** PasswordChange */
    PasswordChange: {
      old: string
      new: string
    }
    /** Devices */
    Devices: {
      devices: components['schemas']['Device'][]
    }
    /**
     * Device
     * @description A device that is logged in. `seen` and `address`: when and from where it got its latest tokens. `current`: the
     *         one that asks.
     */
    Device: {
      id: string
      device: string
      created: number
      seen: number
      address: string
      current: boolean
    }
    /** NewDevice */
    NewDevice: {
      /** @description A name for the device, for its owner. */
      device: string
    }
    /**
     * Confirmation
     * @description The password, again: a token that was left lying about is not enough for this.
     */
    Confirmation: {
      password: string
    }
    /**
     * Export
     * @description `conversations` are the ids of those one is in.
     */
    Export: {
      account: components['schemas']['Me']
      devices: components['schemas']['Device'][]
      conversations: string[]
      contacts: components['schemas']['Contact'][]
      blocks: components['schemas']['Block'][]
      files: components['schemas']['OwnFile'][]
      schedules: components['schemas']['OwnSchedule'][]
      push_devices: components['schemas']['OwnPushDevice'][]
      notifications: components['schemas']['Notifications']
      entries: components['schemas']['Entry'][]
    }
    /**
     * Contact
     * @description Somebody in one's list of contacts, under a name of one's own, since `at` (milliseconds UTC).
     */
    Contact: {
      user: components['schemas']['Person']
      alias: string
      at: number
    }
    /**
     * Block
     * @description Somebody who was blocked, since `at` (milliseconds UTC).
     */
    Block: {
      user: components['schemas']['Person']
      at: number
    }
    /** OwnFile */
    OwnFile: {
      id: string
      name: string
      size: number
      mime: string
      created: number
    }
    /**
     * OwnSchedule
     * @description `send` is the command that will be done `at` that time (milliseconds UTC).
     */
    OwnSchedule: {
      id: string
      conversation: string
      at: number
      send: unknown
    }
    /**
     * OwnPushDevice
     * @description Without what reaches it, which is as good as a key.
     */
    OwnPushDevice: {
      id: string
      kind: string
      name: string
      created: number
    }
    /**
     * Notifications
     * @description What a user wishes of notifications. `preview`: they say what was written.
     */
    Notifications: {
      /** @default true */
      preview?: boolean
      /** @default null */
      quiet?: components['schemas']['Quiet'] | null
    }
    /**
     * Quiet
     * @description Hours of each day in which nobody is woken up: `start` to `end` as HH:MM in the time of `zone` (IANA).
     */
    Quiet: {
      start: string
      end: string
      zone: string
    }
    /**
     * UserPage
     * @description `cursor` leads to the next page; null: there is none.
     */
    UserPage: {
      users: components['schemas']['PublicProfile'][]
      cursor: string | null
    }
    /**
     * PublicProfile
     * @description Somebody, as others see them. Guests have no `bio` and no `avatar`.
     */
    PublicProfile: {
      id: string
      nick: string
      guest: boolean
      kind: string
      bio: string
      avatar: string
    }
    /** PublicKeys */
    PublicKeys: {
      keys: components['schemas']['PublicKey'][]
    }
    /**
     * PublicKey
     * @description One Ed25519 key (RFC 8037).
     */
    PublicKey: {
      kty: string
      crv: string
      x: string
      kid: string
      use: string
      alg: string
    }
    /**
     * SearchPage
     * @description Newest first. `next`, if there are `more`, is the `cursor` of the page after this one.
     */
    SearchPage: {
      hits: components['schemas']['Hit'][]
      more: boolean
      /** @default null */
      next?: string | null
    }
    /**
     * Hit
     * @description A message that was found. `snippet` is a piece of its text, plain; `marks` are what was found in it, as
     *         (start, length) in characters (Unicode code points).
     */
    Hit: {
      entry: components['schemas']['Entry']
      snippet: string
      marks: [number, number][]
    }
    /**
     * ConversationView
     * @description A conversation's settings. `revision` is the seq of the entry that made them so, `members` how many there are,
     *         `role` one's own, `expires_s` how many seconds new messages stay (0: for good).
     */
    ConversationView: {
      conversation: string
      kind: string
      title: string
      topic: string
      description: string
      avatar: string
      join: string
      reach: string
      last: number
      limit: number
      invite: string
      post: string
      created: number
      revision: number
      members: number
      role: string
      expires_s: number
    }
    /**
     * Settings
     * @description What is given is changed, the rest stays.
     */
    Settings: {
      title?: string
      topic?: string
      description?: string
      avatar?: string
      /** @enum {unknown} */
      join?: 'approval' | 'invite' | 'open'
      /** @enum {unknown} */
      reach?: 'all' | 'joined' | 'last'
      last?: number
      limit?: number
      /** @enum {unknown} */
      invite?: 'admins' | 'members'
      /** @enum {unknown} */
      post?: 'admins' | 'members'
    }
    /**
     * Asking
     * @description `text` goes with a request to be let in.
     */
    Asking: {
      /** @default  */
      text?: string
    }
    /**
     * Joined
     * @description Where somebody came in, and the seq of the entry that let them in.
     */
    Joined: {
      conversation: string
      seq: number
    }
    /**
     * Pending
     * @description They asked to be let in; the owner or an admin decides.
     */
    Pending: {
      conversation: string
      /** @default true */
      pending?: boolean
    }
    /** Invited */
    Invited: {
      users: string[]
    }
    /**
     * Place
     * @description A role, or whether they are muted (`until`: milliseconds UTC, 0 for good), or both.
     */
    Place: {
      /** @default null */
      role?: ('admin' | 'member' | 'owner') | null
      /** @default null */
      muted?: boolean | null
      /** @default 0 */
      until?: number
    }
    /** BanPage */
    BanPage: {
      bans: components['schemas']['Banned'][]
      more: boolean
    }
    /** Banned */
    Banned: {
      user: components['schemas']['Person']
      at: number
    }
    /** Banning */
    Banning: {
      /** @default  */
      reason?: string
    }
    /**
     * NewLink
     * @description `expires_in`: seconds it works, null for ever; `uses`: how many it lets in, null for any number.
     */
    NewLink: {
      /** @default null */
      expires_in?: number | null
      /** @default null */
      uses?: number | null
    }
    /**
     * LinkMade
     * @description A new invitation link. `token` is told this once; `uses` null: any number.
     */
    LinkMade: {
      link: string
      token: string
      expires: number
      uses: number | null
    }
    /** LinkList */
    LinkList: {
      links: components['schemas']['LinkRow'][]
    }
    /** LinkRow */
    LinkRow: {
      link: string
      by: string
      created: number
      used: number
      expires: number
      uses: number | null
    }
    /**
     * Preview
     * @description What strangers see of a conversation they were given a link to.
     */
    Preview: {
      title: string
      members: number
    }
    /** RequestList */
    RequestList: {
      requests: components['schemas']['RequestRow'][]
    }
    /** RequestRow */
    RequestRow: {
      user: components['schemas']['Person']
      at: number
      /** @default  */
      text?: string
    }
    /** BlockPage */
    BlockPage: {
      blocks: components['schemas']['Block'][]
      more: boolean
    }
    /** ContactPage */
    ContactPage: {
      contacts: components['schemas']['Contact'][]
      more: boolean
    }
    /** Alias */
    Alias: {
      /** @default  */
      alias?: string
    }
    /** NewReport */
    NewReport: {
      /** @enum {unknown} */
      reason: 'abuse' | 'illegal' | 'other' | 'sexual' | 'spam' | 'violence'
      /** @default  */
      text?: string
    }
    /**
     * Reported
     * @description The report, or the one that was there already.
     */
    Reported: {
      report: string
    }
    /** ReportPage */
    ReportPage: {
      reports: components['schemas']['ReportView'][]
      more: boolean
    }
    /**
     * ReportView
     * @description A report as administrators see it. `reporter` is a user id, or `system` for the word filter; `snapshot` the
     *         content of the message as it was.
     */
    ReportView: {
      id: string
      reporter: string
      subject: components['schemas']['Person']
      at: number
      reason: string
      text: string
      conversation: string
      seq: number
      snapshot: Record<string, never>
      outcome: string
      settler: string
      settled: number
      note: string
    }
    /** Settlement */
    Settlement: {
      /** @enum {unknown} */
      outcome: 'acted' | 'dismissed' | 'open'
      /** @default  */
      note?: string
    }
    /**
     * PagePreview
     * @description What a web page says of itself. `image` is an address; empty is what it does not say.
     */
    PagePreview: {
      url: string
      title: string
      /** @default  */
      description?: string
      /** @default  */
      image?: string
      /** @default  */
      site?: string
    }
    /**
     * NewBot
     * @description `scopes` are what its token allows.
     */
    NewBot: {
      nick: string
      scopes: (
        | 'commands:write'
        | 'conversations:read'
        | 'conversations:write'
        | 'files:read'
        | 'files:write'
        | 'messages:read'
        | 'messages:write'
        | 'relations:read'
        | 'relations:write'
        | 'reports:write'
        | 'stream'
        | 'users:read'
      )[]
      /** @default  */
      description?: string
    }
    /**
     * BotMade
     * @description `token` is told now and never again.
     */
    BotMade: {
      bot: components['schemas']['BotRow']
      token: string
    }
    /**
     * BotRow
     * @description `turned` is when it got its token (milliseconds UTC).
     */
    BotRow: {
      id: string
      nick: string
      owner: string
      scopes: string[]
      description: string
      created: number
      turned: number
      /** @default [] */
      commands?: components['schemas']['SlashCommand'][]
    }
    /**
     * SlashCommand
     * @description `/name` is for this bot: everywhere it is, or in one conversation. `hint` shows what may follow the name.
     */
    SlashCommand: {
      name: string
      /** @default  */
      description?: string
      /** @default  */
      hint?: string
      /** @default  */
      conversation?: string
    }
    /** BotList */
    BotList: {
      bots: components['schemas']['BotRow'][]
    }
    /** NewCommands */
    NewCommands: {
      commands: components['schemas']['NewCommand'][]
    }
    /**
     * NewCommand
     * @description `hint` shows what may follow the name. Without `conversation` it holds wherever the bot is.
     */
    NewCommand: {
      name: string
      /** @default  */
      description?: string
      /** @default  */
      hint?: string
      /** @default  */
      conversation?: string
    }
    /** CommandList */
    CommandList: {
      commands: components['schemas']['CommandRow'][]
    }
    /**
     * CommandRow
     * @description A slash command. Without `bot`, the server itself does it.
     */
    CommandRow: {
      name: string
      /** @default  */
      description?: string
      /** @default  */
      hint?: string
      /** @default null */
      bot?: components['schemas']['Person'] | null
    }
    /**
     * NewWebhook
     * @description `style` is what will be posted: `plain`: {text or body, nick?, avatar?}; `github`, `gitlab`, `alertmanager`:
     *         what these send; `template`: any JSON, said by `template`, as in "{{ alert.title }}: {{ alert.url }}".
     */
    NewWebhook: {
      nick: string
      /**
       * @default plain
       * @enum {unknown}
       */
      style?: 'alertmanager' | 'github' | 'gitlab' | 'plain' | 'template'
      /** @default  */
      avatar?: string
      /** @default  */
      template?: string
    }
    /**
     * WebhookMade
     * @description `url` is told now and never again: whoever knows it may write.
     */
    WebhookMade: {
      webhook: components['schemas']['HookRow']
      token: string
      url: string
    }
    /**
     * HookRow
     * @description An incoming webhook. Its address is told when it is made, and never again.
     */
    HookRow: {
      id: string
      conversation: string
      nick: string
      creator: string
      created: number
      style: string
      avatar: string
      template: string
    }
    /** HookList */
    HookList: {
      webhooks: components['schemas']['HookRow'][]
    }
    /**
     * AccountPage
     * @description `cursor` leads to the next page; null: there is none.
     */
    AccountPage: {
      users: components['schemas']['AccountRow'][]
      cursor: string | null
    }
    /**
     * AccountRow
     * @description `user` is what one logs in with. `disabled` is since when nobody can log in, 0: one can. `sessions` counts live
     *         connections.
     */
    AccountRow: {
      id: string
      user: string
      nick: string
      kind: string
      admin: boolean
      disabled: number
      created: number
      sessions: number
    }
    /**
     * Rights
     * @description What is left out stays as it is.
     */
    Rights: {
      disabled?: boolean
      admin?: boolean
    }
    /**
     * PasswordLink
     * @description Whoever has `token` may set the password of this account, once, until `expires` (`POST auth/reset`).
     */
    PasswordLink: {
      token: string
      expires: number
    }
    /** Reset */
    Reset: {
      token: string
      password: string
    }
    /**
     * Statistics
     * @description `online` counts users, `sessions` connections by gateway. `messages_day` are those of the last 24 hours,
     *         `store_bytes` what the store takes on disk. `memory_bytes` is what the process holds in memory, `loop_lag_ms` how
     *         late it did in the last second what was due, `worst_lag_ms` the worst of that since the start. `jobs` wait, or are
     *         being done; `dead_letters` were given up. `counters` only grow.
     */
    Statistics: {
      version: string
      uptime_s: number
      guests: number
      accounts: number
      bots: number
      online: number
      sessions: {
        [key: string]: number
      }
      conversations: number
      messages: number
      messages_day: number
      store_bytes: number
      memory_bytes: number
      loop_lag_ms: number
      worst_lag_ms: number
      jobs: number
      dead_letters: number
      counters: components['schemas']['Counters']
    }
    /**
     * Counters
     * @description Since the server started; two answers and the time between them make a rate. `deliveries` are messages and
     *         events written to live connections, `bytes` those of these writes; `jobs_died` became dead letters.
     */
    Counters: {
      messages: number
      deliveries: number
      commands: number
      bytes: number
      jobs_done: number
      jobs_died: number
    }
    /** OutsidePage */
    OutsidePage: {
      conversations: components['schemas']['OutsideRow'][]
      more: boolean
    }
    /**
     * OutsideRow
     * @description A conversation from outside: not what was said.
     */
    OutsideRow: {
      conversation: string
      kind: string
      title: string
      created: number
      members: number
      last_seq: number
    }
    /** Outside */
    Outside: {
      conversation: string
      kind: string
      title: string
      topic: string
      join: string
      reach: string
      created: number
      members: components['schemas']['PlaceRow'][]
      more: boolean
    }
    /**
     * PlaceRow
     * @description `left` is the seq of the entry that let them out, 0 for who is in.
     */
    PlaceRow: {
      user: string
      nick: string
      role: string
      joined: number
      left: number
      muted_until: number
    }
    /** SessionPage */
    SessionPage: {
      sessions: components['schemas']['SessionRow'][]
      more: boolean
    }
    /**
     * SessionRow
     * @description `since` is when it connected. `behind` counts the conversations it has not been told everything of yet: its
     *         client reads too slowly; `stalled` says that it reads nothing at all now.
     */
    SessionRow: {
      session: string
      user: string
      nick: string
      device: string
      gateway: string
      address: string
      since: number
      behind: number
      stalled: boolean
    }
    /**
     * Trace
     * @description `accepted` is when the server took it (milliseconds UTC); that there is a trace says that it was stored. `more`:
     *         not all members are listed.
     */
    Trace: {
      message: string
      conversation: string
      seq: number
      kind: string
      sender: components['schemas']['Person']
      accepted: number
      recalled: boolean
      members: components['schemas']['MemberTrace'][]
      more: boolean
    }
    /**
     * MemberTrace
     * @description `delivered_at` and `read_at` are when the member's marks last moved on (milliseconds UTC; 0: not yet, or nobody
     *         knows): the message was delivered and read then at the latest.
     */
    MemberTrace: {
      user: string
      nick: string
      delivered: boolean
      delivered_at: number
      read: boolean
      read_at: number
      devices: components['schemas']['DeviceTrace'][]
    }
    /**
     * DeviceTrace
     * @description `confirmed` is how far the device has come, and `at` when it said so: if `delivered`, it had the message then
     *         at the latest. A device that never confirms anything is not listed.
     */
    DeviceTrace: {
      device: string
      delivered: boolean
      confirmed: number
      at: number
    }
    /** RecordPage */
    RecordPage: {
      records: components['schemas']['RecordRow'][]
      more: boolean
    }
    /**
     * RecordRow
     * @description Who (`actor`, a user id) did what (`action`) to whom (`target`), when and from which address.
     */
    RecordRow: {
      number: number
      at: number
      actor: string
      action: string
      target: string
      address: string
      details: {
        [key: string]: string | number | boolean
      }
    }
    /**
     * LetterPage
     * @description `cursor` leads to the next page; null: there is none.
     */
    LetterPage: {
      letters: components['schemas']['Letter'][]
      cursor: string | null
    }
    /**
     * Letter
     * @description A job of a `kind` that was given up after `attempts`, and the `cause` of the last of them. `created` is when it
     *         was put, `died` when it was given up: milliseconds UTC. `conversation` is that of the entry it follows, if it
     *         follows one.
     */
    Letter: {
      id: string
      kind: string
      cause: string
      attempts: number
      created: number
      died: number
      conversation: string | null
    }
    /** Retried */
    Retried: {
      retried: number
    }
    /**
     * LetterWithPayload
     * @description As in the list, with the `payload`: what whoever does it is given.
     */
    LetterWithPayload: {
      id: string
      kind: string
      cause: string
      attempts: number
      created: number
      died: number
      conversation: string | null
      seq: number | null
      payload: unknown
    }
    /**
     * Hello
     * @description `team` is the key in the page. `token` is what the visitor was given before.
     */
    Hello: {
      team: string
      /** @default  */
      token?: string
      /** @default null */
      identity?: components['schemas']['Signed'] | null
      /** @default  */
      name?: string
      /** @default  */
      contact?: string
      /**
       * @description A language tag, as zh-CN.
       * @default
       */
      language?: string
      /** @default {} */
      data?: {
        [key: string]: string
      }
    }
    /**
     * Signed
     * @description Who the host site says it is: `external` is what the site calls them, `signature` the SHA-256 HMAC of
     *         "external.expires" with the team's secret, in hex, good until `expires` (seconds UTC, a day at most).
     */
    Signed: {
      external: string
      expires: number
      signature: string
    }
    /**
     * Welcomed
     * @description `token` opens the visitor's conversation, as bearer and in `hello`, and is good until the team's secret is
     *         changed.
     */
    Welcomed: {
      visitor: string
      nick: string
      token: string
      conversation: string
      team: components['schemas']['ShownTeam']
    }
    /**
     * ShownTeam
     * @description What a page needs of a team. `texts` are the team's own words.
     */
    ShownTeam: {
      id: string
      name: string
      language: string
      theme: {
        [key: string]: string
      }
      texts: {
        [key: string]: string
      }
    }
    /**
     * Matter
     * @description How one's matter stands. `state` is empty where there is none. `place` in the queue is 1 for who comes next, 0
     *         for who waits in none. `open`: the team is there.
     */
    Matter: {
      state: string
      ticket: string
      agent: string
      place: number
      rated: boolean
      open: boolean
    }
    /** Rate */
    Rate: {
      rating: number
      /** @default  */
      comment?: string
    }
    /** AgentRow */
    AgentRow: {
      user: string
      nick: string
      teams: string[]
      skills: string[]
      capacity: number
      supervisor: boolean
      status: string
    }
    /** Status */
    Status: {
      /** @enum {unknown} */
      status: 'away' | 'offline' | 'online'
    }
    /** TicketList */
    TicketList: {
      tickets: components['schemas']['TicketRow'][]
      more: boolean
    }
    /**
     * TicketRow
     * @description A ticket. Times are milliseconds UTC, 0 where it has not happened: `queued` is since when it waits, `handed` when
     *         a person was first wanted, `replied` when one first answered, `waiting` since when the visitor waits for that.
     *         `deadline` is when something happens by itself.
     */
    TicketRow: {
      id: string
      team: string
      conversation: string
      visitor: string
      state: string
      agent: string
      subject: string
      skill: string
      language: string
      priority: number
      opened: number
      changed: number
      deadline: number
      queued: number
      handed: number
      waiting: number
      replied: number
      resolved: number
      closed: number
      breaches: number
      rating: number
      comment: string
      watchers: string[]
      labels: string[]
      slots: {
        [key: string]: string
      }
    }
    /**
     * Marks
     * @description What is left out stays as it is.
     */
    Marks: {
      labels?: string[]
      priority?: number
    }
    /** EventList */
    EventList: {
      events: components['schemas']['EventRow'][]
    }
    /**
     * EventRow
     * @description `by` is a user; `desk` is the bot, and empty a timer.
     */
    EventRow: {
      number: number
      at: number
      kind: string
      by: string
      text: string
    }
    /**
     * VisitorRow
     * @description `external` is what the host site calls them, if it signed that. `tickets` are all of theirs, newest first.
     */
    VisitorRow: {
      id: string
      nick: string
      name: string
      contact: string
      external: string
      language: string
      created: number
      data: {
        [key: string]: string
      }
      tickets: components['schemas']['TicketRow'][]
    }
    /**
     * Taking
     * @description `force` is for supervisors: whosever it is, and over one's capacity.
     */
    Taking: {
      /** @default false */
      force?: boolean
    }
    /**
     * Transfer
     * @description Without `team` it stays with this one. `skill` is what an agent has to have; `why` is for the record.
     */
    Transfer: {
      /** @default  */
      team?: string
      /** @default  */
      skill?: string
      /** @default  */
      why?: string
    }
    /** Whisper */
    Whisper: {
      text: string
    }
    /** Watching */
    Watching: {
      /** @default true */
      on?: boolean
    }
    /** ArticleList */
    ArticleList: {
      articles: components['schemas']['ArticleRow'][]
    }
    /** ArticleRow */
    ArticleRow: {
      id: string
      team: string
      title: string
      text: string
      language: string
      source: string
      changed: number
    }
    /** NewArticle */
    NewArticle: {
      title: string
      text: string
      /** @default  */
      language?: string
      /**
       * @description Where it comes from: shown with an answer.
       * @default
       */
      source?: string
    }
    /**
     * ArticleFile
     * @description CSV has a head line with title (or question) and text (or answer), and perhaps language, source, id. In Markdown
     *         each heading with a text below it is an article.
     */
    ArticleFile: {
      content: string
      /**
       * @default csv
       * @enum {unknown}
       */
      form?: 'csv' | 'markdown'
      /**
       * @description Where it comes from: shown with an answer.
       * @default
       */
      source?: string
      /** @default  */
      language?: string
    }
    /** Loaded */
    Loaded: {
      count: number
    }
    /** ExampleList */
    ExampleList: {
      examples: components['schemas']['ExampleRow'][]
    }
    /**
     * ExampleRow
     * @description `origin` is hand, import or feedback; of the last, `ticket` and `seq` say which answer was bad.
     */
    ExampleRow: {
      id: string
      team: string
      intent: string
      text: string
      language: string
      origin: string
      ticket: string
      seq: number
      changed: number
    }
    /** NewExample */
    NewExample: {
      intent: string
      text: string
      /** @default  */
      language?: string
    }
    /**
     * ExampleFile
     * @description CSV with a head line: intent, text, and perhaps language.
     */
    ExampleFile: {
      content: string
    }
    /**
     * Feedback
     * @description The answer `seq` was bad. `intent` is what was meant, if one knows.
     */
    Feedback: {
      seq: number
      /** @default  */
      intent?: string
    }
    /** CannedList */
    CannedList: {
      replies: components['schemas']['CannedRow'][]
    }
    /** CannedRow */
    CannedRow: {
      id: string
      team: string
      title: string
      text: string
      owner: string
      language: string
      changed: number
    }
    /**
     * NewCanned
     * @description `own`: for oneself only. In the text, {visitor}, {agent}, {ticket}, {subject}, and what is known of the visitor
     *         by its name, are filled in.
     */
    NewCanned: {
      title: string
      text: string
      /** @default  */
      language?: string
      /** @default false */
      own?: boolean
    }
    /** TeamList */
    TeamList: {
      teams: components['schemas']['TeamRow'][]
    }
    /**
     * TeamRow
     * @description `key` is public, for pages. `secret`, with which a host site signs who its visitors are, is shown to
     *         administrators only.
     */
    TeamRow: {
      id: string
      key: string
      name: string
      secret: string
      created: number
      language: string
      skills: string[]
      hours: components['schemas']['Hours']
      ring_s: number
      reply_s: number
      overflow: string
      overflow_s: number
      patience_s: number
      idle_s: number
      rate_s: number
      texts: {
        [key: string]: string
      }
      theme: {
        [key: string]: string
      }
      sites: string[]
    }
    /**
     * Hours
     * @description When a team is there. `week` has for Monday to Sunday spans of minutes of the day, in the time `zone`; empty:
     *         always. On a day in `holidays` (2026-12-31) nobody is.
     */
    Hours: {
      /** @default UTC */
      zone?: string
      /** @default [] */
      week?: [number, number][][]
      /** @default [] */
      holidays?: string[]
    }
    /** NewTeam */
    NewTeam: {
      name: string
    }
    /**
     * ChangedTeam
     * @description What is left out stays as it is. `sites` are the origins whose pages may use the key; none: all may. `texts`
     *         replace the bot's own words, as "zh.queued".
     */
    ChangedTeam: {
      name?: string
      language?: string
      skills?: string[]
      hours?: components['schemas']['Hours']
      ring_s?: number
      reply_s?: number
      overflow?: string
      overflow_s?: number
      patience_s?: number
      idle_s?: number
      rate_s?: number
      texts?: {
        [key: string]: string
      }
      theme?: {
        [key: string]: string
      }
      sites?: string[]
    }
    /** AgentList */
    AgentList: {
      agents: components['schemas']['AgentRow'][]
    }
    /**
     * Appointment
     * @description What is left out stays as it is.
     */
    Appointment: {
      teams?: string[]
      skills?: string[]
      capacity?: number
      supervisor?: boolean
    }
    /**
     * DeskReport
     * @description The whole first, then each day.
     */
    DeskReport: {
      rows: components['schemas']['FiguresRow'][]
    }
    /**
     * FiguresRow
     * @description `day` is that of the opening (UTC), empty for the whole. Times are medians in seconds. `contained` of `finished`
     *         never needed a person; `satisfied` of `rated` gave 4 or 5.
     */
    FiguresRow: {
      day: string
      opened: number
      finished: number
      contained: number
      handed: number
      breached: number
      first_response_s: number
      resolution_s: number
      rated: number
      satisfied: number
      rating: number
    }
    /** NewOutlet */
    NewOutlet: {
      /** @description Where deliveries are posted to; https, unless the server allows http. */
      url: string
      /** @default  */
      name?: string
      /**
       * @description Of what it is told; empty: of all.
       * @default []
       */
      kinds?: ('conversation' | 'edit' | 'member' | 'message' | 'pin' | 'reaction' | 'recall')[]
    }
    /**
     * OutletMade
     * @description `secret` is what deliveries are signed with. It is told now and never again.
     */
    OutletMade: {
      webhook: components['schemas']['OutletRow']
      secret: string
    }
    /**
     * OutletRow
     * @description `conversation` is whose it is; empty: the server's. `paused` says why it is told nothing; empty: it is.
     *         `failing` is since when no delivery worked (milliseconds UTC; 0: the last one did), `cause` why not.
     */
    OutletRow: {
      id: string
      conversation: string
      conversations: string[]
      url: string
      name: string
      kinds: string[]
      creator: string
      created: number
      paused: string
      failing: number
      cause: string
    }
    /** OutletList */
    OutletList: {
      webhooks: components['schemas']['OutletRow'][]
    }
    /**
     * ChangedOutlet
     * @description What is left out stays as it is.
     */
    ChangedOutlet: {
      /** @description Where deliveries are posted to; https, unless the server allows http. */
      url?: string
      name?: string
      /** @description Of what it is told; empty: of all. */
      kinds?: ('conversation' | 'edit' | 'member' | 'message' | 'pin' | 'reaction' | 'recall')[]
    }
    /** Pausing */
    Pausing: {
      paused: boolean
    }
    /**
     * Again
     * @description Of what: entries after seq `after` up to `upto`, or those from `since` until before `until`. `conversation` is
     *         that of the webhook where it has one; without any, all that it hears are meant, by time.
     */
    Again: {
      /** @default null */
      after?: number | null
      /** @default null */
      upto?: number | null
      /** @default null */
      since?: number | null
      /** @default null */
      until?: number | null
      /** @default null */
      conversation?: string | null
    }
    /**
     * OutletTested
     * @description `status` is that of the answer, 0 if there was none: then `why`. `answer` is how it begins; where private
     *         addresses may be called, only administrators see it. `took_ms`: milliseconds.
     */
    OutletTested: {
      delivered: boolean
      delivery: string
      status: number
      took_ms: number
      answer: string
      why: string
    }
    /** NewServerOutlet */
    NewServerOutlet: {
      /** @description Where deliveries are posted to; https, unless the server allows http. */
      url: string
      /** @default  */
      name?: string
      /**
       * @description Of what it is told; empty: of all.
       * @default []
       */
      kinds?: ('conversation' | 'edit' | 'member' | 'message' | 'pin' | 'reaction' | 'recall')[]
      /**
       * @description Of which conversations it is told; empty: of all but direct ones.
       * @default []
       */
      conversations?: string[]
    }
    /** OutletPage */
    OutletPage: {
      webhooks: components['schemas']['OutletRow'][]
      more: boolean
    }
    /**
     * ChangedServerOutlet
     * @description What is left out stays as it is.
     */
    ChangedServerOutlet: {
      /** @description Where deliveries are posted to; https, unless the server allows http. */
      url?: string
      name?: string
      /** @description Of what it is told; empty: of all. */
      kinds?: ('conversation' | 'edit' | 'member' | 'message' | 'pin' | 'reaction' | 'recall')[]
      /** @description Of which conversations it is told; empty: of all but direct ones. */
      conversations?: string[]
    }
    /**
     * WokenDevices
     * @description `vapid_key` is what a browser subscribes with (`applicationServerKey`).
     */
    WokenDevices: {
      vapid_key: string
      devices: components['schemas']['WokenDevice'][]
    }
    /**
     * WokenDevice
     * @description A device that is woken up. Its address and keys are shown to nobody.
     */
    WokenDevice: {
      id: string
      kind: string
      name: string
      created: number
    }
    /**
     * Registration
     * @description `endpoint` and `keys` for webpush, `token` for fcm and apns; `topic` (the bundle id) and `sandbox` for apns.
     */
    Registration: {
      /** @enum {unknown} */
      kind: 'apns' | 'fcm' | 'webpush'
      /** @default null */
      endpoint?: string | null
      /** @default null */
      keys?: components['schemas']['Keys'] | null
      /** @default null */
      token?: string | null
      /** @default  */
      topic?: string
      /** @default false */
      sandbox?: boolean
      /**
       * @description What one calls the device in the list.
       * @default
       */
      name?: string
    }
    /**
     * Keys
     * @description Of a browser's subscription: its public key and its authentication secret, base64url.
     */
    Keys: {
      p256dh: string
      auth: string
    }
    /**
     * Try
     * @description Which of one's devices; by default all.
     */
    Try: {
      /** @default null */
      id?: string | null
    }
    /** TriedAll */
    TriedAll: {
      devices: components['schemas']['Tried'][]
    }
    /**
     * Tried
     * @description `sent`: its service took it. Else `why` says what is wrong.
     */
    Tried: {
      id: string
      sent: boolean
      why: string
    }
    /**
     * Wishes
     * @description `preview`: notifications say what was written.
     */
    'teahouse.gateways.rest.push.Wishes': {
      preview: boolean
      quiet: components['schemas']['QuietHours'] | null
    }
    /**
     * QuietHours
     * @description From `start` to `end`, over midnight where `end` is earlier, nobody is woken up.
     */
    QuietHours: {
      /** @description HH:MM. */
      start: string
      /** @description HH:MM. */
      end: string
      /** @description A time zone of IANA, as Asia/Shanghai. */
      zone: string
    }
    /**
     * NewWishes
     * @description What is left out stays as it is; `quiet` null: no quiet hours.
     */
    NewWishes: {
      preview?: boolean
      quiet?: components['schemas']['QuietHours'] | null
    }
    /**
     * FileInfo
     * @description `mime` is what the content is, `width` and `height` are those of an image. `created`: milliseconds UTC.
     */
    FileInfo: {
      id: string
      name: string
      size: number
      mime: string
      sha256: string
      created: number
      /** @default 0 */
      width?: number
      /** @default 0 */
      height?: number
    }
    /** FilesPage */
    FilesPage: {
      files: components['schemas']['FileInfo'][]
      more: boolean
    }
    /**
     * MessageEvent
     * @description `edited`, `reactions`, `pinned`, `replies` and `quote` come only with history and sync: live, they are events of
     *         their own, or asked for.
     */
    MessageEvent: {
      /** @enum {unknown} */
      ev: 'message'
      /**
       * @description Has a `type`: see the definitions `body.*`. Missing when recalled, expired or hidden.
       * @default {}
       */
      body?: Record<string, never>
      /**
       * @description User ids, or `*` for all.
       * @default []
       */
      mentions?: string[]
      /** @default 0 */
      reply_to?: number
      /** @default  */
      topic?: string
      /** @default  */
      priority?: string
      /**
       * @description A program wrote it.
       * @default false
       */
      bot?: boolean
      /** @default null */
      command?: components['schemas']['CalledCommand'] | null
      /** @default null */
      webhook?: components['schemas']['Webhook'] | null
      /** @default false */
      recalled?: boolean
      /** @default false */
      expired?: boolean
      /** @default false */
      hidden?: boolean
      /**
       * @description The root of the thread this is a reply in.
       * @default 0
       */
      thread?: number
      /** @default null */
      forwarded?: components['schemas']['Forwarded'] | null
      /** @default 0 */
      expires_s?: number
      /** @default null */
      stream?: components['schemas']['Streamed'] | null
      /** @default null */
      edited?: components['schemas']['Edited'] | null
      /** @default [] */
      reactions?: components['schemas']['Reacted'][]
      /** @default false */
      pinned?: boolean
      /**
       * @description At the root of a thread: its replies.
       * @default null
       */
      replies?: components['schemas']['Thread'] | null
      /** @default null */
      quote?: components['schemas']['Quote'] | null
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /**
     * CalledCommand
     * @description The message is a slash command, for this bot.
     */
    CalledCommand: {
      bot: string
      name: string
      rest: string
    }
    /**
     * Webhook
     * @description By which webhook the message came, and the name and picture it asked to be shown with.
     */
    Webhook: {
      id: string
      /** @default  */
      nick?: string
      /** @default  */
      avatar?: string
    }
    /**
     * Forwarded
     * @description Who wrote it first, by the nick they had, and when.
     */
    Forwarded: {
      nick: string
      at: number
    }
    /**
     * Streamed
     * @description The stream this message was told by before. `unfinished`: it broke off.
     */
    Streamed: {
      id: string
      /** @default false */
      unfinished?: boolean
    }
    /**
     * Edited
     * @description The last edit: the seq of its entry, and when.
     */
    Edited: {
      seq: number
      at: number
    }
    /**
     * Reacted
     * @description Who put an emoji on a message, newest state.
     */
    Reacted: {
      emoji: string
      count: number
      users: string[]
    }
    /**
     * Thread
     * @description What is known of a thread at its root: how many replies stand (COUNTED: or more), and the last of them.
     */
    Thread: {
      replies: number
      last_seq: number
      last_at: number
    }
    /**
     * Quote
     * @description What a reply answers, as its reader may see it now. `text` is the beginning of it.
     */
    Quote: {
      seq: number
      sender: components['schemas']['Person']
      /** @default  */
      type?: string
      /** @default  */
      text?: string
      /** @default false */
      recalled?: boolean
    }
    /** EditEvent */
    EditEvent: {
      /** @enum {unknown} */
      ev: 'edit'
      ref: number
      /** @default {} */
      body?: Record<string, never>
      /** @default [] */
      mentions?: string[]
      /** @default false */
      hidden?: boolean
      /** @default false */
      expired?: boolean
      /**
       * @description Of a message that does not stay: what is left of it.
       * @default 0
       */
      expires_s?: number
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /**
     * RecallEvent
     * @description `expired`: nobody took it back, its time was over; the sender is `system`.
     */
    RecallEvent: {
      /** @enum {unknown} */
      ev: 'recall'
      ref: number
      /** @default false */
      expired?: boolean
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /** ReactionEvent */
    ReactionEvent: {
      /** @enum {unknown} */
      ev: 'reaction'
      ref: number
      emoji: string
      on: boolean
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /** PinEvent */
    PinEvent: {
      /** @enum {unknown} */
      ev: 'pin'
      ref: number
      on: boolean
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /**
     * MemberEvent
     * @description `change`: joined, left, invited, approved, kicked, banned, unbanned, role, muted or unmuted.
     */
    MemberEvent: {
      /** @enum {unknown} */
      ev: 'member'
      user: components['schemas']['Person']
      change: string
      /** @default  */
      role?: string
      /** @default 0 */
      until?: number
      /** @default  */
      reason?: string
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /**
     * ConversationEvent
     * @description Made, with its first `members`; or changed, with all its settings; or `dissolved`.
     */
    ConversationEvent: {
      /** @enum {unknown} */
      ev: 'conversation'
      kind: string
      title: string
      /** @default  */
      topic?: string
      /** @default [] */
      members?: components['schemas']['Person'][]
      /** @default -1 */
      expires_s?: number
      /** @default  */
      description?: string
      /** @default  */
      avatar?: string
      /** @default  */
      join?: string
      /** @default  */
      reach?: string
      /** @default 0 */
      last?: number
      /** @default 0 */
      limit?: number
      /** @default  */
      invite?: string
      /** @default  */
      post?: string
      /** @default false */
      dissolved?: boolean
      conversation: string
      seq: number
      /** @description The id of the entry. */
      message: string
      sender: components['schemas']['Person']
      at: number
      /**
       * @description Only to the sender's own sessions.
       * @default
       */
      cid?: string
    }
    /** @description An entry of a conversation's log, as one reader may see it. */
    Entry:
      | components['schemas']['MessageEvent']
      | components['schemas']['EditEvent']
      | components['schemas']['RecallEvent']
      | components['schemas']['ReactionEvent']
      | components['schemas']['PinEvent']
      | components['schemas']['MemberEvent']
      | components['schemas']['ConversationEvent']
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  messages_history: {
    parameters: {
      query?: {
        before?: number | null
        after?: number | null
        limit?: number
        thread?: number | null
        quotes?: boolean
      }
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HistoryPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  messages_send: {
    parameters: {
      query?: never
      header?: {
        'Idempotency-Key'?: string | null
      }
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "text": "The kettle is on."
         *     }
         */
        'application/json': components['schemas']['NewMessage']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "conversation": "lobby",
           *       "seq": 7,
           *       "message": "lobby.7",
           *       "at": 1795477496834,
           *       "duplicate": false
           *     }
           */
          'application/json': components['schemas']['Sent']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `muted`, `blocked`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `idempotency_conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  messages_recall: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        seq: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  messages_edit: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        seq: number
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "text": "The kettle is off."
         *     }
         */
        'application/json': components['schemas']['Revised']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `muted`, `blocked`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  messages_read: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "seq": 7
         *     }
         */
        'application/json': components['schemas']['ReadMark']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 7,
           *       "unread": 0,
           *       "mentions": 0
           *     }
           */
          'application/json': components['schemas']['ReadUpTo']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  conversations_mine: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ConversationList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  conversations_create: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "group",
         *       "title": "Tasting",
         *       "members": [
         *         "@bob"
         *       ]
         *     }
         */
        'application/json': components['schemas']['NewConversation']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Created']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `blocked`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  conversations_members: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MemberPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_invite: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "users": [
         *         "@bob"
         *       ]
         *     }
         */
        'application/json': components['schemas']['Invited']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `blocked`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  conversations_online: {
    parameters: {
      query?: {
        conversation?: string | null
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OnlineList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_pins: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PinnedMessages']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_readers: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        seq: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "of": 2,
           *       "readers": [
           *         {
           *           "id": "u1",
           *           "nick": "bob",
           *           "at": 1795477496834
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ReaderList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_receipts: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "receipts": [
           *         {
           *           "user": "u1",
           *           "delivered": 9,
           *           "read": 7,
           *           "at": 1795477496834
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ReceiptList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_hide: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "seqs": [
         *         7
         *       ]
         *     }
         */
        'application/json': components['schemas']['ToHide']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Done']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_clear: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "upto": 7
         *     }
         */
        'application/json': components['schemas']['ToClear']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Done']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_expire: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "expires_s": 86400
         *     }
         */
        'application/json': components['schemas']['Lifespan']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_preferences: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "receipts": true
           *     }
           */
          'application/json': components['schemas']['Preferred']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  sight_prefer: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "receipts": false
         *     }
         */
        'application/json': components['schemas']['teahouse.gateways.rest.sights.Wishes']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "receipts": false
           *     }
           */
          'application/json': components['schemas']['Preferred']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  schedules_schedule: {
    parameters: {
      query?: never
      header?: {
        'Idempotency-Key'?: string | null
      }
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "text": "Good morning.",
         *       "at": 1795480000000
         *     }
         */
        'application/json': components['schemas']['Later']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "schedule": "t01a20acc",
           *       "conversation": "lobby",
           *       "at": 1795480000000,
           *       "body": {
           *         "type": "text",
           *         "text": "Good morning."
           *       }
           *     }
           */
          'application/json': components['schemas']['Scheduled']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `muted`, `blocked`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  schedules_scheduled: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "schedules": [
           *         {
           *           "schedule": "t01a20acc",
           *           "conversation": "lobby",
           *           "at": 1795480000000,
           *           "body": {
           *             "type": "text",
           *             "text": "Good morning."
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ScheduleList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  schedules_cancel: {
    parameters: {
      query?: never
      header?: never
      path: {
        schedule: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  schedules_reschedule: {
    parameters: {
      query?: never
      header?: never
      path: {
        schedule: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "at": 1795490000000
         *     }
         */
        'application/json': components['schemas']['Change']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "schedule": "t01a20acc",
           *       "conversation": "lobby",
           *       "at": 1795480000000,
           *       "body": {
           *         "type": "text",
           *         "text": "Good morning."
           *       }
           *     }
           */
          'application/json': components['schemas']['Scheduled']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  streams_begin: {
    parameters: {
      query?: never
      header?: {
        'Idempotency-Key'?: string | null
      }
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "append": "Thinking "
         *     }
         */
        'application/json': components['schemas']['NewStream']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "conversation": "lobby",
           *       "stream": "w01a20acc",
           *       "length": 9
           *     }
           */
          'application/json': components['schemas']['Streaming']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `muted`, `blocked`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  streams_append: {
    parameters: {
      query?: never
      header?: never
      path: {
        stream: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "append": "it over. "
         *     }
         */
        'application/json': components['schemas']['More']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "conversation": "lobby",
           *       "stream": "w01a20acc",
           *       "length": 9
           *     }
           */
          'application/json': components['schemas']['Streaming']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `muted`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  streams_finish: {
    parameters: {
      query?: never
      header?: never
      path: {
        stream: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "append": "Done."
         *     }
         */
        'application/json': components['schemas']['More']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Sent']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `muted`, `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `idempotency_conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  auth_register: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "user": "alice",
         *       "password": "correct horse",
         *       "nick": "Alice"
         *     }
         */
        'application/json': components['schemas']['NewAccount']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice"
           *       },
           *       "access_token": "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln",
           *       "refresh_token": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG.KwKZ4PpzYJgAnO5mOvuLOQk6ZqUZ2vS1",
           *       "token_type": "Bearer",
           *       "expires_in": 900
           *     }
           */
          'application/json': components['schemas']['Tokens']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  auth_first_admin: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "token": "k46qjHkIbI9EORvbq0MgtSAlQCbY8S3H",
         *       "user": "root",
         *       "password": "correct horse"
         *     }
         */
        'application/json': components['schemas']['FirstAdmin']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice"
           *       },
           *       "access_token": "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln",
           *       "refresh_token": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG.KwKZ4PpzYJgAnO5mOvuLOQk6ZqUZ2vS1",
           *       "token_type": "Bearer",
           *       "expires_in": 900
           *     }
           */
          'application/json': components['schemas']['Tokens']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  auth_login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "user": "alice",
         *       "password": "correct horse",
         *       "device": "phone"
         *     }
         */
        'application/json': components['schemas']['Credentials']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice"
           *       },
           *       "access_token": "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln",
           *       "refresh_token": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG.KwKZ4PpzYJgAnO5mOvuLOQk6ZqUZ2vS1",
           *       "token_type": "Bearer",
           *       "expires_in": 900
           *     }
           */
          'application/json': components['schemas']['Tokens']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  auth_refresh: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "refresh_token": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG.KwKZ4PpzYJgAnO5mOvuLOQk6ZqUZ2vS1"
         *     }
         */
        'application/json': components['schemas']['RefreshToken']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice"
           *       },
           *       "access_token": "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln",
           *       "refresh_token": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG.KwKZ4PpzYJgAnO5mOvuLOQk6ZqUZ2vS1",
           *       "token_type": "Bearer",
           *       "expires_in": 900
           *     }
           */
          'application/json': components['schemas']['Tokens']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  auth_logout: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  auth_logout_all: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  web_login: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "user": "alice",
         *       "password": "correct horse",
         *       "device": "Firefox"
         *     }
         */
        'application/json': components['schemas']['Credentials']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice",
           *         "guest": false
           *       },
           *       "csrf_token": "Zb0i3w4Jm8tJqv3SgSbTfmD6rTQWk8Cn",
           *       "expires_in": 2592000
           *     }
           */
          'application/json': components['schemas']['WebLogin']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  web_register: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "user": "alice",
         *       "password": "correct horse",
         *       "nick": "Alice"
         *     }
         */
        'application/json': components['schemas']['NewAccount']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice",
           *         "guest": false
           *       },
           *       "csrf_token": "Zb0i3w4Jm8tJqv3SgSbTfmD6rTQWk8Cn",
           *       "expires_in": 2592000
           *     }
           */
          'application/json': components['schemas']['WebLogin']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  web_guest: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "nick": "Alice"
         *     }
         */
        'application/json': components['schemas']['GuestNick']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "",
           *         "nick": "Alice",
           *         "guest": true
           *       },
           *       "csrf_token": "Zb0i3w4Jm8tJqv3SgSbTfmD6rTQWk8Cn",
           *       "expires_in": 2592000,
           *       "resume": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG"
           *     }
           */
          'application/json': components['schemas']['GuestLogin']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  web_current: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "user": {
           *         "id": "u01a20acc5fdc742b947474691f836a2c",
           *         "user": "alice",
           *         "nick": "Alice",
           *         "guest": false
           *       },
           *       "csrf_token": "Zb0i3w4Jm8tJqv3SgSbTfmD6rTQWk8Cn",
           *       "expires_in": 2592000
           *     }
           */
          'application/json': components['schemas']['WebLogin'] | components['schemas']['GuestLogin']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  web_logout: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  web_token: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AccessToken']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_providers: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Offers']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_start: {
    parameters: {
      query?: {
        return_to?: string
      }
      header?: never
      path: {
        provider: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      302: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_start_app: {
    parameters: {
      query: {
        redirect: string
        challenge: string
      }
      header?: never
      path: {
        provider: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      302: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_link: {
    parameters: {
      query?: never
      header?: never
      path: {
        provider: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': components['schemas']['Return']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Elsewhere']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_callback: {
    parameters: {
      query?: {
        code?: string
        state?: string
        error?: string
        iss?: string | null
      }
      header?: never
      path: {
        provider: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      302: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_exchange: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Exchange']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Tokens']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_ties: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Ties']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  oidc_untie: {
    parameters: {
      query?: never
      header?: never
      path: {
        provider: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_show: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Me']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_erase: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "password": "correct horse"
         *     }
         */
        'application/json': components['schemas']['Confirmation']
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_change: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "nick": "Alice",
         *       "bio": "Oolong, mostly."
         *     }
         */
        'application/json': components['schemas']['Profile']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Me']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_password: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "old": "correct horse",
         *       "new": "battery staple"
         *     }
         */
        'application/json': components['schemas']['PasswordChange']
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_devices: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Devices']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_name_device: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "device": "phone"
         *     }
         */
        'application/json': components['schemas']['NewDevice']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Device']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_log_out_device: {
    parameters: {
      query?: never
      header?: never
      path: {
        login: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_deactivate: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "password": "correct horse"
         *     }
         */
        'application/json': components['schemas']['Confirmation']
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  me_export: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  users_search: {
    parameters: {
      query?: {
        query?: string
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['UserPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  users_show: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PublicProfile']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  keys_jwks: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PublicKeys']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  search_search: {
    parameters: {
      query: {
        query: string
        conversation?: string | null
        from?: string | null
        before?: number | null
        after?: number | null
        cursor?: string | null
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "hits": [
           *         {
           *           "entry": {
           *             "ev": "message",
           *             "conversation": "lobby",
           *             "seq": 7,
           *             "message": "lobby.7",
           *             "sender": {
           *               "id": "u01a20acc5fdc742b947474691f836a2c",
           *               "nick": "alice"
           *             },
           *             "at": 1795477496834,
           *             "body": {
           *               "type": "text",
           *               "text": "The kettle is on."
           *             }
           *           },
           *           "snippet": "The kettle is on.",
           *           "marks": [
           *             [
           *               4,
           *               6
           *             ]
           *           ]
           *         }
           *       ],
           *       "more": true,
           *       "next": "lobby.7"
           *     }
           */
          'application/json': components['schemas']['SearchPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_settings: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ConversationView']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_dissolve: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_update: {
    parameters: {
      query?: never
      header?: {
        'If-Match'?: string | null
      }
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "title": "Tasting",
         *       "join": "approval",
         *       "reach": "last",
         *       "last": 50
         *     }
         */
        'application/json': components['schemas']['Settings']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ConversationView']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict`: the settings are no longer those of the tag */
      412: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_join: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "text": "I brew at home."
         *     }
         */
        'application/json': components['schemas']['Asking']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Joined'] | components['schemas']['Pending']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_leave: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_kick: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_place: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        user: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "role": "admin"
         *     }
         */
        'application/json': components['schemas']['Place']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_bans: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BanPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_ban: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        user: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "reason": "spam"
         *     }
         */
        'application/json': components['schemas']['Banning']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  groups_unban: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_links: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LinkList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_make: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "uses": 10
         *     }
         */
        'application/json': components['schemas']['NewLink']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LinkMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_revoke: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        link: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_preview: {
    parameters: {
      query?: never
      header?: never
      path: {
        token: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "title": "Tasting",
           *       "members": 12
           *     }
           */
          'application/json': components['schemas']['Preview']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_join: {
    parameters: {
      query?: never
      header?: never
      path: {
        token: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Joined']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_requests: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RequestList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_approve: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "seq": 9
           *     }
           */
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  entrance_reject: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  relations_blocks: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BlockPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  relations_block: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  relations_unblock: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  relations_contacts: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ContactPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  relations_contact: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "alias": "Bobby"
         *     }
         */
        'application/json': components['schemas']['Alias']
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  relations_uncontact: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  reports_message: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        seq: number
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "spam",
         *       "text": "the third time today"
         *     }
         */
        'application/json': components['schemas']['NewReport']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "report": "r01a20acc6f0b74b485017df6087b58f4"
           *     }
           */
          'application/json': components['schemas']['Reported']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  reports_user: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "abuse"
         *     }
         */
        'application/json': components['schemas']['NewReport']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Reported']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  reports_reports: {
    parameters: {
      query?: {
        outcome?: ('acted' | 'dismissed' | 'open') | null
        before?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ReportPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  reports_settle: {
    parameters: {
      query?: never
      header?: never
      path: {
        report: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "outcome": "acted",
         *       "note": "muted"
         *     }
         */
        'application/json': components['schemas']['Settlement']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ReportView']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  previews_preview: {
    parameters: {
      query: {
        url: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "url": "https://tea.example.org/longjing",
           *       "title": "Longjing",
           *       "description": "A pan-roasted green tea from Hangzhou.",
           *       "image": "https://tea.example.org/longjing.jpg",
           *       "site": "Tea"
           *     }
           */
          'application/json': components['schemas']['PagePreview']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  previews_image: {
    parameters: {
      query: {
        url: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'image/avif': string
          'image/gif': string
          'image/jpeg': string
          'image/png': string
          'image/webp': string
        }
      }
      /** @description It has not changed. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  hooks_post: {
    parameters: {
      query?: never
      header?: {
        'Idempotency-Key'?: string | null
      }
      path: {
        token: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "text": "The build is green.",
         *       "nick": "CI"
         *     }
         */
        'application/json': Record<string, never>
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Sent'] | components['schemas']['Done']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `idempotency_conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_mine: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BotList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_make: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "nick": "kettle",
         *       "scopes": [
         *         "messages:read",
         *         "messages:write"
         *       ],
         *       "description": "Boils."
         *     }
         */
        'application/json': components['schemas']['NewBot']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BotMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_one: {
    parameters: {
      query?: never
      header?: never
      path: {
        bot: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BotRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_end: {
    parameters: {
      query?: never
      header?: never
      path: {
        bot: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_turn: {
    parameters: {
      query?: never
      header?: never
      path: {
        bot: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BotMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_instruct: {
    parameters: {
      query?: never
      header?: never
      path: {
        bot: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "commands": [
         *         {
         *           "name": "brew",
         *           "description": "Make tea",
         *           "hint": "<kind>"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['NewCommands']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['BotRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  bots_slash: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CommandList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  webhooks_all: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HookList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  webhooks_make: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "nick": "GitHub",
         *       "style": "github"
         *     }
         */
        'application/json': components['schemas']['NewWebhook']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  webhooks_turn: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        webhook: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  webhooks_drop: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        webhook: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  people_page: {
    parameters: {
      query?: {
        query?: string
        disabled?: boolean
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AccountPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  people_show: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AccountRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  people_change: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "disabled": true
         *     }
         */
        'application/json': components['schemas']['Rights']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AccountRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  people_log_out: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  passwords_offer: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PasswordLink']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  passwords_redeem: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Reset']
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outside_statistics: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Statistics']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outside_conversations: {
    parameters: {
      query?: {
        after?: string
        kind?: '' | 'channel' | 'direct' | 'group' | 'room'
        query?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['OutsidePage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outside_conversation: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Outside']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outside_end: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Logged']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  live_page: {
    parameters: {
      query?: {
        after?: string
        user?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  live_cut: {
    parameters: {
      query?: never
      header?: never
      path: {
        session: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  trace_trace: {
    parameters: {
      query?: never
      header?: never
      path: {
        message: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Trace']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  audit_page: {
    parameters: {
      query?: {
        actor?: string
        action?: string
        target?: string
        since?: number
        until?: number
        before?: number | null
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['RecordPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  letters_page: {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LetterPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  letters_retry_all: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Retried']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  letters_show: {
    parameters: {
      query?: never
      header?: never
      path: {
        letter: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LetterWithPayload']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  letters_discard: {
    parameters: {
      query?: never
      header?: never
      path: {
        letter: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  letters_retry: {
    parameters: {
      query?: never
      header?: never
      path: {
        letter: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_visitors_hello: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "team": "tk_1a2b3c4d5e6f7g8h",
         *       "name": "Li Wei",
         *       "language": "zh-CN",
         *       "data": {
         *         "plan": "gold"
         *       }
         *     }
         */
        'application/json': components['schemas']['Hello']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Welcomed']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_visitors_matter: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Matter']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_visitors_person: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Matter']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_visitors_rate: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "rating": 5,
         *       "comment": "quick"
         *     }
         */
        'application/json': components['schemas']['Rate']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Matter']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_me: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_turn: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "status": "online"
         *     }
         */
        'application/json': components['schemas']['Status']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_tickets: {
    parameters: {
      query?: {
        team?: string
        state?: ('bot' | 'closed' | 'message' | 'owned' | 'queued' | 'resolved' | 'ringing')[]
        agent?: string
        visitor?: string
        label?: string
        before?: string
        queue?: boolean
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_one: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_mark: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "labels": [
         *         "vip"
         *       ],
         *       "priority": 1
         *     }
         */
        'application/json': components['schemas']['Marks']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_events: {
    parameters: {
      query?: {
        after?: number
      }
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['EventList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_visitor: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['VisitorRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_messages: {
    parameters: {
      query?: {
        before?: number | null
        limit?: number
      }
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HistoryPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_accept: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_decline: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_take: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "force": false
         *     }
         */
        'application/json': components['schemas']['Taking']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_transfer: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "skill": "refunds"
         *     }
         */
        'application/json': components['schemas']['Transfer']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_resolve: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_whisper: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "text": "Careful: it is the third time."
         *     }
         */
        'application/json': components['schemas']['Whisper']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_tickets_watch: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "on": true
         *     }
         */
        'application/json': components['schemas']['Watching']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TicketRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_articles: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ArticleList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_add_article: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "title": "Returns?",
         *       "text": "30 days."
         *     }
         */
        'application/json': components['schemas']['NewArticle']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ArticleRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_drop_article: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
        article: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_load_articles: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "form": "csv",
         *       "content": "question,answer\nReturns?,30 days.\n"
         *     }
         */
        'application/json': components['schemas']['ArticleFile']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Loaded']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_examples: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ExampleList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_add_example: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "intent": "refund",
         *       "text": "I want my money back"
         *     }
         */
        'application/json': components['schemas']['NewExample']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ExampleRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_drop_example: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
        example: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_load_examples: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "content": "intent,text\nrefund,I want my money back\n"
         *     }
         */
        'application/json': components['schemas']['ExampleFile']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Loaded']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_feedback: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "seq": 7
         *     }
         */
        'application/json': components['schemas']['Feedback']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ExampleRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_canned: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CannedList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_add_canned: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "title": "Hello",
         *       "text": "Hello {visitor}, this is {agent}."
         *     }
         */
        'application/json': components['schemas']['NewCanned']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CannedRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_drop_canned: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
        reply: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_papers_ready: {
    parameters: {
      query?: never
      header?: never
      path: {
        ticket: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CannedList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_teams: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TeamList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_make: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Support"
         *     }
         */
        'application/json': components['schemas']['NewTeam']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TeamRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_change: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "language": "zh",
         *       "hours": {
         *         "zone": "Asia/Shanghai",
         *         "week": [
         *           [
         *             [
         *               540,
         *               1080
         *             ]
         *           ],
         *           [
         *             [
         *               540,
         *               1080
         *             ]
         *           ],
         *           [
         *             [
         *               540,
         *               1080
         *             ]
         *           ],
         *           [
         *             [
         *               540,
         *               1080
         *             ]
         *           ],
         *           [
         *             [
         *               540,
         *               1080
         *             ]
         *           ],
         *           [],
         *           []
         *         ],
         *         "holidays": [
         *           "2026-10-01"
         *         ]
         *       }
         *     }
         */
        'application/json': components['schemas']['ChangedTeam']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TeamRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_turn: {
    parameters: {
      query?: never
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TeamRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_agents: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_appoint: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "teams": [
         *         "t01b3"
         *       ],
         *       "skills": [
         *         "refunds"
         *       ],
         *       "capacity": 3
         *     }
         */
        'application/json': components['schemas']['Appointment']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['AgentRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_dismiss: {
    parameters: {
      query?: never
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_report: {
    parameters: {
      query?: {
        since?: number
        until?: number
      }
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DeskReport']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  desk_teams_report_csv: {
    parameters: {
      query?: {
        since?: number
        until?: number
      }
      header?: never
      path: {
        team: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/csv': string
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_all: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "webhooks": [
           *         {
           *           "id": "o01b3",
           *           "conversation": "c01b2",
           *           "conversations": [],
           *           "url": "https://example.org/teahouse",
           *           "name": "Archive",
           *           "kinds": [
           *             "message",
           *             "edit",
           *             "recall"
           *           ],
           *           "creator": "u01b1",
           *           "created": 1795476219170,
           *           "paused": "",
           *           "failing": 0,
           *           "cause": ""
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['OutletList']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_make: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://example.org/teahouse",
         *       "name": "Archive",
         *       "kinds": [
         *         "message",
         *         "edit",
         *         "recall"
         *       ]
         *     }
         */
        'application/json': components['schemas']['NewOutlet']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "webhook": {
           *         "id": "o01b3",
           *         "conversation": "c01b2",
           *         "conversations": [],
           *         "url": "https://example.org/teahouse",
           *         "name": "Archive",
           *         "kinds": [
           *           "message",
           *           "edit",
           *           "recall"
           *         ],
           *         "creator": "u01b1",
           *         "created": 1795476219170,
           *         "paused": "",
           *         "failing": 0,
           *         "cause": ""
           *       },
           *       "secret": "whs_..."
           *     }
           */
          'application/json': components['schemas']['OutletMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_one: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "o01b3",
           *       "conversation": "c01b2",
           *       "conversations": [],
           *       "url": "https://example.org/teahouse",
           *       "name": "Archive",
           *       "kinds": [
           *         "message",
           *         "edit",
           *         "recall"
           *       ],
           *       "creator": "u01b1",
           *       "created": 1795476219170,
           *       "paused": "",
           *       "failing": 0,
           *       "cause": ""
           *     }
           */
          'application/json': components['schemas']['OutletRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_drop: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_change: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "kinds": [
         *         "message"
         *       ]
         *     }
         */
        'application/json': components['schemas']['ChangedOutlet']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "o01b3",
           *       "conversation": "c01b2",
           *       "conversations": [],
           *       "url": "https://example.org/teahouse",
           *       "name": "Archive",
           *       "kinds": [
           *         "message",
           *         "edit",
           *         "recall"
           *       ],
           *       "creator": "u01b1",
           *       "created": 1795476219170,
           *       "paused": "",
           *       "failing": 0,
           *       "cause": ""
           *     }
           */
          'application/json': components['schemas']['OutletRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_turn: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "webhook": {
           *         "id": "o01b3",
           *         "conversation": "c01b2",
           *         "conversations": [],
           *         "url": "https://example.org/teahouse",
           *         "name": "Archive",
           *         "kinds": [
           *           "message",
           *           "edit",
           *           "recall"
           *         ],
           *         "creator": "u01b1",
           *         "created": 1795476219170,
           *         "paused": "",
           *         "failing": 0,
           *         "cause": ""
           *       },
           *       "secret": "whs_..."
           *     }
           */
          'application/json': components['schemas']['OutletMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_pause: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "paused": false
         *     }
         */
        'application/json': components['schemas']['Pausing']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "o01b3",
           *       "conversation": "c01b2",
           *       "conversations": [],
           *       "url": "https://example.org/teahouse",
           *       "name": "Archive",
           *       "kinds": [
           *         "message",
           *         "edit",
           *         "recall"
           *       ],
           *       "creator": "u01b1",
           *       "created": 1795476219170,
           *       "paused": "",
           *       "failing": 0,
           *       "cause": ""
           *     }
           */
          'application/json': components['schemas']['OutletRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_replay: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "after": 100,
         *       "upto": 200
         *     }
         */
        'application/json': components['schemas']['Again']
      }
    }
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  outlets_test: {
    parameters: {
      query?: never
      header?: never
      path: {
        conversation: string
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "delivered": true,
           *       "delivery": "o01b3.test.q01b7",
           *       "status": 204,
           *       "took_ms": 38,
           *       "answer": "",
           *       "why": ""
           *     }
           */
          'application/json': components['schemas']['OutletTested']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_all: {
    parameters: {
      query?: {
        after?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "webhooks": [
           *         {
           *           "id": "o01b3",
           *           "conversation": "c01b2",
           *           "conversations": [],
           *           "url": "https://example.org/teahouse",
           *           "name": "Archive",
           *           "kinds": [
           *             "message",
           *             "edit",
           *             "recall"
           *           ],
           *           "creator": "u01b1",
           *           "created": 1795476219170,
           *           "paused": "",
           *           "failing": 0,
           *           "cause": ""
           *         }
           *       ],
           *       "more": false
           *     }
           */
          'application/json': components['schemas']['OutletPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_make: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://example.org/teahouse",
         *       "name": "Archive",
         *       "kinds": [
         *         "message",
         *         "edit",
         *         "recall"
         *       ]
         *     }
         */
        'application/json': components['schemas']['NewServerOutlet']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "webhook": {
           *         "id": "o01b3",
           *         "conversation": "",
           *         "conversations": [],
           *         "url": "https://example.org/teahouse",
           *         "name": "Archive",
           *         "kinds": [
           *           "message",
           *           "edit",
           *           "recall"
           *         ],
           *         "creator": "u01b1",
           *         "created": 1795476219170,
           *         "paused": "",
           *         "failing": 0,
           *         "cause": ""
           *       },
           *       "secret": "whs_..."
           *     }
           */
          'application/json': components['schemas']['OutletMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_one: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "o01b3",
           *       "conversation": "c01b2",
           *       "conversations": [],
           *       "url": "https://example.org/teahouse",
           *       "name": "Archive",
           *       "kinds": [
           *         "message",
           *         "edit",
           *         "recall"
           *       ],
           *       "creator": "u01b1",
           *       "created": 1795476219170,
           *       "paused": "",
           *       "failing": 0,
           *       "cause": ""
           *     }
           */
          'application/json': components['schemas']['OutletRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_drop: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_change: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "conversations": [
         *         "lobby"
         *       ]
         *     }
         */
        'application/json': components['schemas']['ChangedServerOutlet']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "o01b3",
           *       "conversation": "c01b2",
           *       "conversations": [],
           *       "url": "https://example.org/teahouse",
           *       "name": "Archive",
           *       "kinds": [
           *         "message",
           *         "edit",
           *         "recall"
           *       ],
           *       "creator": "u01b1",
           *       "created": 1795476219170,
           *       "paused": "",
           *       "failing": 0,
           *       "cause": ""
           *     }
           */
          'application/json': components['schemas']['OutletRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_turn: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "webhook": {
           *         "id": "o01b3",
           *         "conversation": "c01b2",
           *         "conversations": [],
           *         "url": "https://example.org/teahouse",
           *         "name": "Archive",
           *         "kinds": [
           *           "message",
           *           "edit",
           *           "recall"
           *         ],
           *         "creator": "u01b1",
           *         "created": 1795476219170,
           *         "paused": "",
           *         "failing": 0,
           *         "cause": ""
           *       },
           *       "secret": "whs_..."
           *     }
           */
          'application/json': components['schemas']['OutletMade']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_pause: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "paused": true
         *     }
         */
        'application/json': components['schemas']['Pausing']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "o01b3",
           *       "conversation": "c01b2",
           *       "conversations": [],
           *       "url": "https://example.org/teahouse",
           *       "name": "Archive",
           *       "kinds": [
           *         "message",
           *         "edit",
           *         "recall"
           *       ],
           *       "creator": "u01b1",
           *       "created": 1795476219170,
           *       "paused": "",
           *       "failing": 0,
           *       "cause": ""
           *     }
           */
          'application/json': components['schemas']['OutletRow']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_replay: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "since": 1795476219170,
         *       "until": 1795479819170
         *     }
         */
        'application/json': components['schemas']['Again']
      }
    }
    responses: {
      /** @description Done. */
      202: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  server_outlets_test: {
    parameters: {
      query?: never
      header?: never
      path: {
        outlet: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "delivered": true,
           *       "delivery": "o01b3.test.q01b7",
           *       "status": 204,
           *       "took_ms": 38,
           *       "answer": "",
           *       "why": ""
           *     }
           */
          'application/json': components['schemas']['OutletTested']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  push_woken: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "vapid_key": "BNc...",
           *       "devices": [
           *         {
           *           "id": "p01b3",
           *           "kind": "webpush",
           *           "name": "Firefox",
           *           "created": 1795476219170
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['WokenDevices']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  push_register: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "webpush",
         *       "endpoint": "https://push.example.net/send/gAAAAA",
         *       "keys": {
         *         "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
         *         "auth": "BTBZMqHH6r4Tts7J_aSIgg"
         *       },
         *       "name": "Firefox"
         *     }
         */
        'application/json': components['schemas']['Registration']
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "p01b3",
           *       "kind": "webpush",
           *       "name": "Firefox",
           *       "created": 1795476219170
           *     }
           */
          'application/json': components['schemas']['WokenDevice']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  push_forget: {
    parameters: {
      query?: never
      header?: never
      path: {
        device: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  push_test: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': components['schemas']['Try']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "devices": [
           *         {
           *           "id": "p01b3",
           *           "sent": true,
           *           "why": ""
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['TriedAll']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  push_notifications: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "preview": true,
           *       "quiet": {
           *         "start": "22:00",
           *         "end": "07:00",
           *         "zone": "Asia/Shanghai"
           *       }
           *     }
           */
          'application/json': components['schemas']['teahouse.gateways.rest.push.Wishes']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  push_wish: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "preview": true,
         *       "quiet": {
         *         "start": "22:00",
         *         "end": "07:00",
         *         "zone": "Asia/Shanghai"
         *       }
         *     }
         */
        'application/json': components['schemas']['NewWishes']
      }
    }
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "preview": true,
           *       "quiet": {
           *         "start": "22:00",
           *         "end": "07:00",
           *         "zone": "Asia/Shanghai"
           *       }
           *     }
           */
          'application/json': components['schemas']['teahouse.gateways.rest.push.Wishes']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  slots_fill: {
    parameters: {
      query?: never
      header?: never
      path: {
        file: string
        mark: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/octet-stream': string
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  slots_content: {
    parameters: {
      query?: never
      header?: never
      path: {
        file: string
        mark: string
        name: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/octet-stream': string
          'application/pdf': string
          'audio/flac': string
          'audio/mp4': string
          'audio/mpeg': string
          'audio/ogg': string
          'audio/x-m4a': string
          'audio/x-wav': string
          'image/avif': string
          'image/gif': string
          'image/jpeg': string
          'image/png': string
          'image/webp': string
          'video/mp4': string
          'video/webm': string
        }
      }
      /** @description The part that was asked for. */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/octet-stream': string
          'application/pdf': string
          'audio/flac': string
          'audio/mp4': string
          'audio/mpeg': string
          'audio/ogg': string
          'audio/x-m4a': string
          'audio/x-wav': string
          'image/avif': string
          'image/gif': string
          'image/jpeg': string
          'image/png': string
          'image/webp': string
          'video/mp4': string
          'video/webm': string
        }
      }
      /** @description It has not changed. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description There is no such part. */
      416: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  files_mine: {
    parameters: {
      query?: {
        before?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FilesPage']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  files_upload: {
    parameters: {
      query?: {
        name?: string | null
      }
      header?: {
        'X-File-Name'?: string | null
      }
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/octet-stream': string
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "f01a20acc6f0b74b485017df6087b58f2",
           *       "name": "leaves.png",
           *       "size": 48213,
           *       "mime": "image/png",
           *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "created": 1795477496834,
           *       "width": 1280,
           *       "height": 720
           *     }
           */
          'application/json': components['schemas']['FileInfo']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  files_content: {
    parameters: {
      query?: {
        inline?: number
      }
      header?: never
      path: {
        file: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/octet-stream': string
          'application/pdf': string
          'audio/flac': string
          'audio/mp4': string
          'audio/mpeg': string
          'audio/ogg': string
          'audio/x-m4a': string
          'audio/x-wav': string
          'image/avif': string
          'image/gif': string
          'image/jpeg': string
          'image/png': string
          'image/webp': string
          'video/mp4': string
          'video/webm': string
        }
      }
      /** @description The part that was asked for. */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/octet-stream': string
          'application/pdf': string
          'audio/flac': string
          'audio/mp4': string
          'audio/mpeg': string
          'audio/ogg': string
          'audio/x-m4a': string
          'audio/x-wav': string
          'image/avif': string
          'image/gif': string
          'image/jpeg': string
          'image/png': string
          'image/webp': string
          'video/mp4': string
          'video/webm': string
        }
      }
      /** @description It has not changed. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description There is no such part. */
      416: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  files_delete: {
    parameters: {
      query?: never
      header?: never
      path: {
        file: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  files_info: {
    parameters: {
      query?: never
      header?: never
      path: {
        file: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FileInfo']
        }
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  files_thumbnail: {
    parameters: {
      query?: never
      header?: never
      path: {
        file: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'image/webp': string
        }
      }
      /** @description There is none: it is no image, or one that cannot be read. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description It has not changed. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  uploads_create: {
    parameters: {
      query?: never
      header: {
        'Upload-Length': string
        'Upload-Metadata'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/offset+octet-stream': string
      }
    }
    responses: {
      /** @description Done. */
      201: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  uploads_abilities: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  uploads_terminate: {
    parameters: {
      query?: never
      header?: never
      path: {
        upload: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  uploads_progress: {
    parameters: {
      query?: never
      header?: never
      path: {
        upload: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  uploads_append: {
    parameters: {
      query?: never
      header: {
        'Upload-Offset': string
        'Upload-Checksum'?: string | null
      }
      path: {
        upload: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/offset+octet-stream': string
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `conflict` */
      409: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `too_large` */
      413: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description The checksum is that of other bytes. */
      460: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  avatars_of_user: {
    parameters: {
      query?: {
        v?: string
      }
      header?: never
      path: {
        user: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'image/webp': string
        }
      }
      /** @description It has not changed. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  avatars_of_conversation: {
    parameters: {
      query?: {
        v?: string
      }
      header?: never
      path: {
        conversation: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'image/webp': string
        }
      }
      /** @description It has not changed. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `bad_request` */
      400: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Document']
        }
      }
    }
  }
  ping_ping_get: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Pong']
        }
      }
    }
  }
  healthz_healthz_get: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Alive']
        }
      }
    }
  }
  readyz_readyz_get: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Readiness']
        }
      }
      /** @description Not now. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Readiness']
        }
      }
    }
  }
  metrics_metrics_get: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Successful Response */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/plain': unknown
        }
      }
    }
  }
}
