"""The page that shows the REST interface, at /docs, without fetching anything from elsewhere.

Swagger UI's files come with the package `fastapi-offline`; where it is not installed there is no such page, only
/openapi.json.
"""

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

ASSETS = "/docs/assets"


def mount(app: FastAPI) -> None:
    """Add /docs, if Swagger UI is installed."""
    files = _swagger_ui()
    if files is None:
        return

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=app.title,
            swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{ASSETS}/favicon.png",
        )

    app.mount(ASSETS, StaticFiles(directory=files))


def _swagger_ui() -> Path | None:
    package = find_spec("fastapi_offline")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "static"
