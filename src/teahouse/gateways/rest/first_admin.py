"""The page behind the one-time link that makes the first administrator.

Rule: the secret stands behind the `#` of the link, which no browser sends anywhere: not to this server's log, not to
another site. The page hands it over with the form. Included by application.py.
"""

import secrets
from string import Template

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Teahouse: the first administrator</title>
<style nonce="$nonce">
  body { max-width: 24rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
  label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
  input, button { margin-bottom: 1rem; padding: .4rem; }
  :root { color-scheme: light dark; }
</style>
<h1>Teahouse 茶馆</h1>
<p>Make the first administrator of this server. The link works once.</p>
<form>
  <label>User <input name="user" autocomplete="username" required></label>
  <label>Password <input name="password" type="password" autocomplete="new-password" required></label>
  <button>Make it</button>
</form>
<p id="outcome" role="status"></p>
<p hidden><a href="/">Go on to Teahouse</a></p>
<script nonce="$nonce">
  const form = document.querySelector("form"), outcome = document.querySelector("#outcome")
  form.onsubmit = async event => {
    event.preventDefault()
    const {user, password} = Object.fromEntries(new FormData(form))
    const answer = await fetch("/api/v1/auth/first-admin", {
      method: "POST",
      headers: {"content-type": "application/json"},
      body: JSON.stringify({token: location.hash.slice(1), user, password}),
    }).catch(() => null)
    const told = answer && await answer.json().catch(() => null)
    if (answer?.ok) {
      form.remove()
      history.replaceState(null, "", "/first-admin")
      document.querySelector("p[hidden]").hidden = false
      document.querySelector("a").focus()
    }
    outcome.textContent = answer?.ok
      ? told.user.user + " is the administrator now."
      : told?.detail ?? "The server does not answer."
  }
</script>
</html>
""")


def create_router() -> APIRouter:
    router = APIRouter()

    @router.get("/first-admin", include_in_schema=False)
    async def first_admin() -> HTMLResponse:
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"default-src 'none'; connect-src 'self'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        )
        headers = {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(_PAGE.substitute(nonce=nonce), headers=headers)

    return router
