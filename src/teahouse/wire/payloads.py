"""What is posted to a webhook, as a message: our own form, that of GitHub, GitLab and Alertmanager, or any JSON by a
template.

Rule: logic-free and safe. A template has text and paths of fields, `{{ commit.author.name }}`, and nothing else: no
conditions, no loops, no code. What a payload says is data: it is put on one line, cut to a length, and a field that is
not there is empty. Pure functions of bytes that were decoded already; called by the REST gateway.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from teahouse.model.errors import Code, Problem

FIELD = 300
"""Characters of one field, at most."""

TEXT = 15_000
"""Bytes of what is made of a payload, at most; below what a message may have."""

LISTED = 10
"""Commits or alerts that are named one by one."""

_SLOT = re.compile(r"\{\{\s*([\w\-]+(?:\.[\w\-]+){0,15})\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_SPACE = re.compile(r"\s+")

Json = Mapping[str, Any]


class Spoken(Struct, frozen=True, gc=False):
    """The message a payload makes; `text` or `body`. Without either there is nothing to say."""

    text: str | None = None
    body: dict[str, Any] | None = None
    nick: str = ""
    avatar: str = ""


def spoken(style: str, template: str, payload: Json, event: str = "") -> Spoken:
    """What `payload` says in this style; `event` is what the sender's header calls it. Raises Problem."""
    if style == "plain":
        return _plain(payload)
    text = filled(template, payload) if style == "template" else _STYLES[style](payload, event)
    return Spoken(_clipped(text.strip()) or None)


def check_template(template: str) -> str:
    """The template, if it is one; `bad_request` says what is wrong."""
    if not _SLOT.search(template):
        raise Problem(Code.BAD_REQUEST, "a template names at least one field, as in {{ alert.title }}")
    if _BRACES.search(_SLOT.sub("", template)):
        raise Problem(
            Code.BAD_REQUEST, "in a template, between {{ and }} stands the path of a field: a.b.0.c"
        )
    return template


def filled(template: str, payload: Json) -> str:
    """The template with each path replaced by what stands there in the payload."""
    return _SLOT.sub(lambda slot: pick(payload, slot[1]), template)


def pick(payload: Any, path: str) -> str:
    """What stands at `a.b.0.c`, on one line; empty where nothing does, or something that is no word or number."""
    value = payload
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isascii() and part.isdigit() and len(part) < 6:
            value = value[int(part)] if int(part) < len(value) else None
        else:
            return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str | int | float):
        return ""
    line = _SPACE.sub(" ", str(value)).strip()
    return line if len(line) <= FIELD else line[: FIELD - 1] + "…"


def _clipped(text: str) -> str:
    encoded = text.encode("utf-8", "replace")
    return text if len(encoded) <= TEXT else encoded[:TEXT].decode("utf-8", "ignore") + "…"


def _plain(payload: Json) -> Spoken:
    text, body = payload.get("text"), payload.get("body")
    nick, avatar = payload.get("nick", ""), payload.get("avatar", "")
    for name, value in (("text", "" if text is None else text), ("nick", nick), ("avatar", avatar)):
        if not isinstance(value, str):
            raise Problem(Code.BAD_REQUEST, f"{name} must be a string")
    if body is not None and not isinstance(body, dict):
        raise Problem(Code.BAD_REQUEST, "body must be an object")
    if text is None and body is None:
        raise Problem(Code.BAD_REQUEST, "a message needs text or body")
    return Spoken(text, body, nick, avatar)


def _github(payload: Json, event: str) -> str:
    """docs.github.com, "Webhook events and payloads"."""
    form = _GITHUB.get(event)
    if event == "push":
        if not payload.get("commits"):
            return ""  # a branch was made or removed: another event says so
        head = filled("[{{repository.full_name}}] {{pusher.name}} pushed to {{ref}}: {{compare}}", payload)
        return head + _commits(payload, "id")
    if form is not None:
        return filled(form, payload)
    return filled("[{{repository.full_name}}] {{sender.login}}: ", payload) + _words(event, payload)


_GITHUB = {
    "ping": "[{{repository.full_name}}] The webhook works. {{zen}}",
    "pull_request": "[{{repository.full_name}}] {{sender.login}} {{action}} pull request #{{pull_request.number}}: "
    "{{pull_request.title}} {{pull_request.html_url}}",
    "issues": "[{{repository.full_name}}] {{sender.login}} {{action}} issue #{{issue.number}}: {{issue.title}} "
    "{{issue.html_url}}",
    "issue_comment": "[{{repository.full_name}}] {{sender.login}} {{action}} a comment on #{{issue.number}} "
    "{{issue.title}}: {{comment.body}} {{comment.html_url}}",
    "pull_request_review": "[{{repository.full_name}}] {{sender.login}} {{action}} a review ({{review.state}}) of "
    "#{{pull_request.number}} {{pull_request.title}} {{review.html_url}}",
    "release": "[{{repository.full_name}}] {{sender.login}} {{action}} release {{release.tag_name}}: "
    "{{release.name}} {{release.html_url}}",
    "workflow_run": "[{{repository.full_name}}] {{workflow_run.name}} {{action}} {{workflow_run.conclusion}} on "
    "{{workflow_run.head_branch}} {{workflow_run.html_url}}",
}


def _gitlab(payload: Json, event: str) -> str:
    """docs.gitlab.com, "Webhook events"."""
    kind = pick(payload, "object_kind")
    if kind in ("push", "tag_push"):
        if not payload.get("commits"):
            return filled("[{{project.path_with_namespace}}] {{user_name}} pushed {{ref}}", payload)
        head = filled("[{{project.path_with_namespace}}] {{user_name}} pushed to {{ref}}", payload)
        return head + _commits(payload, "id")
    form = _GITLAB.get(kind)
    if form is not None:
        return filled(form, payload)
    return filled("[{{project.path_with_namespace}}] {{user.name}}: ", payload) + _words(
        kind or event, payload
    )


_GITLAB = {
    "merge_request": "[{{project.path_with_namespace}}] {{user.name}}: {{object_attributes.action}} merge request "
    "!{{object_attributes.iid}}: {{object_attributes.title}} {{object_attributes.url}}",
    "issue": "[{{project.path_with_namespace}}] {{user.name}}: {{object_attributes.action}} issue "
    "#{{object_attributes.iid}}: {{object_attributes.title}} {{object_attributes.url}}",
    "note": "[{{project.path_with_namespace}}] {{user.name}} wrote: {{object_attributes.note}} "
    "{{object_attributes.url}}",
    "pipeline": "[{{project.path_with_namespace}}] Pipeline {{object_attributes.id}} "
    "{{object_attributes.status}} on {{object_attributes.ref}}",
}


def _alertmanager(payload: Json, event: str) -> str:
    """prometheus.io, "Alertmanager, webhook_config"."""
    alerts = _objects(payload.get("alerts"))
    head = filled("{{status}}: {{groupLabels.alertname}} ", payload) + f"({len(alerts)})"
    lines = [
        filled("\n{{status}} {{labels.alertname}} {{labels.severity}} {{labels.instance}}: ", alert)
        + (pick(alert, "annotations.summary") or pick(alert, "annotations.description"))
        for alert in alerts[:LISTED]
    ]
    return head + "".join(lines) + _rest(len(alerts))


_STYLES: Mapping[str, Callable[[Json, str], str]] = {
    "github": _github,
    "gitlab": _gitlab,
    "alertmanager": _alertmanager,
}


def _commits(payload: Json, name: str) -> str:
    commits = _objects(payload.get("commits"))
    lines = []
    for commit in commits[:LISTED]:
        message = commit.get("message")
        subject = message.partition("\n")[0] if isinstance(message, str) else ""
        short, author = pick(commit, name)[:8], pick(commit, "author.name")
        lines.append(f"\n{short} {pick({'subject': subject}, 'subject')} – {author}")
    return "".join(lines) + _rest(len(commits))


def _rest(count: int) -> str:
    return f"\nand {count - LISTED} more" if count > LISTED else ""


def _objects(value: Any) -> list[Json]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _words(event: str, payload: Json) -> str:
    """An event we have no sentence for, by its name."""
    name = _SPACE.sub(" ", event.replace("_", " "))[:FIELD] or "event"
    return " ".join(part for part in (name, pick(payload, "action")) if part)
