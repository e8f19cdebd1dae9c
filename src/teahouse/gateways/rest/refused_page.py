"""The page a person sees whose browser came to an operation by itself, and was refused.

Rule: whoever asks for a problem document gets one; a page is for browsers that show what they get. It runs nothing
and loads nothing. Used by oidc.py.
"""

from html import escape
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from teahouse.gateways.problems import STATUS
from teahouse.model.errors import Problem

_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Teahouse: not logged in</title>
<h1>Teahouse 茶馆</h1>
<p>You are not logged in: $sentence.</p>
<p><a href="/">Go on</a></p>
</html>
""")

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def page_of(request: Request, problem: Problem) -> HTMLResponse | None:
    """The page; None if the request did not ask for one."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    headers = dict(_HEADERS)
    if problem.retry_after_ms is not None:
        headers["Retry-After"] = str(-(-problem.retry_after_ms // 1000))
    page = _PAGE.substitute(sentence=escape(problem.message))
    return HTMLResponse(page, STATUS[problem.code], headers)
