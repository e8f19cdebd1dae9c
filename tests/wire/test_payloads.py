import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.errors import Code, Problem
from teahouse.wire import payloads
from teahouse.wire.payloads import Spoken, check_template, filled, pick, spoken

PUSH: dict[str, Any] = {
    "ref": "refs/heads/main",
    "compare": "https://git.example.org/c",
    "repository": {"full_name": "tea/house"},
    "pusher": {"name": "alice"},
    "commits": [
        {"id": "0123456789abcdef", "message": "Boil\n\nat length", "author": {"name": "Alice"}},
        {"id": "fedcba9876543210", "message": "Pour", "author": {"name": "Bob"}},
    ],
}
ALERT: dict[str, Any] = {
    "status": "firing",
    "groupLabels": {"alertname": "Cold"},
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "Cold", "severity": "page", "instance": "pot:1"},
            "annotations": {"summary": "The pot is cold"},
        }
    ],
}


def words(style: str, payload: dict[str, Any]) -> str:
    said = spoken(style, "", payload).text
    assert said is not None
    return said


def test_a_push_of_github() -> None:
    assert spoken("github", "", PUSH, "push").text == (
        "[tea/house] alice pushed to refs/heads/main: https://git.example.org/c\n"
        "01234567 Boil – Alice\nfedcba98 Pour – Bob"
    )


def test_other_events_of_github() -> None:
    payload = {
        "action": "opened",
        "repository": {"full_name": "tea/house"},
        "sender": {"login": "bob"},
        "issue": {"number": 7, "title": "Too\nhot", "html_url": "https://x"},
    }
    assert (
        spoken("github", "", payload, "issues").text == "[tea/house] bob opened issue #7: Too hot https://x"
    )
    assert spoken("github", "", payload, "deploy_key").text == "[tea/house] bob: deploy key opened"
    assert spoken("github", "", {**PUSH, "commits": []}, "push").text is None


def test_gitlab() -> None:
    push = {
        "object_kind": "push",
        "ref": "refs/heads/main",
        "user_name": "Alice",
        "project": {"path_with_namespace": "tea/house"},
        "commits": PUSH["commits"],
    }
    assert words("gitlab", push).startswith("[tea/house] Alice pushed to refs/heads/main\n01234567 Boil")
    merge = {
        "object_kind": "merge_request",
        "user": {"name": "Bob"},
        "project": {"path_with_namespace": "tea/house"},
        "object_attributes": {"iid": 3, "title": "Steep", "action": "open", "url": "https://x"},
    }
    assert spoken("gitlab", "", merge).text == "[tea/house] Bob: open merge request !3: Steep https://x"


def test_alertmanager_names_the_first_alerts() -> None:
    said = words("alertmanager", ALERT)
    assert said == "firing: Cold (1)\nfiring Cold page pot:1: The pot is cold"
    many = words("alertmanager", {**ALERT, "alerts": ALERT["alerts"] * 25})
    assert many.count("\n") == payloads.LISTED + 1
    assert many.endswith("and 15 more")


def test_our_own_form() -> None:
    assert spoken("plain", "", {"text": "hi", "nick": "CI"}) == Spoken("hi", None, "CI")
    assert spoken("plain", "", {"body": {"type": "card"}}).body == {"type": "card"}
    cases: list[dict[str, Any]] = [
        {},
        {"text": 5},
        {"text": []},
        {"text": False},
        {"text": "x", "nick": []},
        {"body": "x"},
    ]
    for wrong in cases:
        with pytest.raises(Problem) as refused:
            spoken("plain", "", wrong)
        assert refused.value.code is Code.BAD_REQUEST


def test_a_template_has_paths_and_nothing_else() -> None:
    payload = {"a": {"b": ["x", {"c": 5}]}, "on": True, "text": "two\n lines {{ a }}"}
    assert filled("{{a.b.0}} {{ a.b.1.c }} {{on}}", payload) == "x 5 yes"
    assert filled("<{{a}}{{a.b}}{{a.b.9}}{{a.b.x}}{{missing.far.away}}>", payload) == "<>"
    assert filled("{{text}}", payload) == "two lines {{ a }}"  # what a payload says is not a template
    assert check_template("{{ a.b }}!") == "{{ a.b }}!"
    for wrong in (
        "",
        "words",
        "{{ a",
        "{{ a.b() }}",
        "{{ a }} {{",
        "{% if a %}",
        "{{ a | upper }}",
        "{{ .a }}",
    ):
        with pytest.raises(Problem):
            check_template(wrong)


def test_attributes_are_out_of_reach() -> None:
    assert filled("{{a.__class__.__init__}}", {"a": {}}) == ""
    assert pick({"a": "text"}, "a.upper") == ""
    assert pick([1], "999999999") == ""


def test_long_fields_and_texts_are_cut() -> None:
    assert len(pick({"a": "x" * 1000}, "a")) == payloads.FIELD
    said = spoken("template", "{{a}}" * 100, {"a": "茶" * 1000}).text
    assert said is not None
    assert len(said.encode()) <= payloads.TEXT + 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
FIELDS = (
    "commits",
    "repository",
    "alerts",
    "object_kind",
    "object_attributes",
    "project",
    "action",
    "issue",
    "text",
)
PAYLOADS = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), JSON, max_size=6)


@given(
    st.sampled_from(["plain", "github", "gitlab", "alertmanager", "template"]), PAYLOADS, st.text(max_size=20)
)
def test_whatever_is_posted_makes_a_message_or_a_refusal(style: str, payload: dict, event: str) -> None:
    try:
        said = spoken(style, "{{ a.b }}", json.loads(json.dumps(payload)), event)
    except Problem as problem:
        assert problem.code is Code.BAD_REQUEST
    else:
        assert said.text is None or isinstance(said.text, str)
