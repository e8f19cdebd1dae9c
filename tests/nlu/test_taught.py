"""Examples as files: what is written is read again, and a mistake is said with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("yaml", reason="the extra desk is not installed")

from teahouse.nlu.examples import BadExamples, Example, Slot, checked
from teahouse.nlu.taught import from_marked, read_rows, read_yaml, to_marked, write_rows, write_yaml


def test_a_slot_is_marked_where_it_stands() -> None:
    example = from_marked("订[三]{人数}位 for [two people]{people} [x] {y}", "book")
    assert example.text == "订三位 for two people [x] {y}"
    assert [(example.text[s.start : s.end], s.kind) for s in example.slots] == [
        ("三", "人数"),
        ("two people", "people"),
    ]
    assert from_marked(to_marked(example), "book") == example


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["C"])),
            st.text(st.characters(exclude_categories=["C"]), min_size=1),
        )
    )
)
def test_what_is_written_is_read_again(lines: list) -> None:
    examples = [Example(text, intent) for intent, text in lines if "[" not in text]
    read = read_yaml(write_yaml(examples)) if examples else []
    assert sorted(read, key=repr) == sorted(examples, key=repr)
    assert [e for _, e in read_rows(write_rows(examples).split("\n"))] == examples


@pytest.mark.parametrize(
    "text",
    [
        "",
        "intents: 3",
        "intents:\n  a: hello",
        "intents:\n  a: [[x]]",
        "intents: [a",
        "a: &x [1]\nintents: *x",
        "intents: " + "[" * 5000,
    ],
)
def test_what_is_no_set_of_examples_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadExamples):
        read_yaml(text)


def test_yaml_makes_no_objects() -> None:
    read = read_yaml("intents:\n  a:\n    - yes\n    - 12\n")
    assert read == [Example("yes", "a"), Example("12", "a")]
    read = read_yaml('intents:\n  a:\n    - !!python/name:os.system "text"\n')
    assert read == [Example("text", "a")]


@pytest.mark.parametrize("row", ["[]", "{}", '{"text": 3}', '{"text": "a", "slots": [[0]]}', "{"])
def test_a_row_that_is_none_is_named(row: str) -> None:
    with pytest.raises(BadExamples, match="line 2"):
        list(read_rows(['{"text": "fine"}', row]))


@pytest.mark.parametrize(
    "example",
    [
        Example(" "),
        Example("x" * 2001),
        Example("ab", None, (Slot(1, 3, "k"),)),
        Example("ab", None, (Slot(0, 2, "k"), Slot(1, 2, "k"))),
    ],
)
def test_an_example_that_cannot_be_learned_is_named(example: Example) -> None:
    with pytest.raises(BadExamples, match="example 2"):
        checked([Example("fine"), example])


def test_one_intent_without_slots_teaches_nothing() -> None:
    pytest.importorskip("sklearn", reason="the extra desk is not installed")
    from teahouse.nlu.training import train

    with pytest.raises(BadExamples, match="nothing to learn"):
        train([Example(f"line {n}", "only") for n in range(5)], names=[])
    with pytest.raises(BadExamples, match="at least"):
        train([Example("a", "b")], names=[])
