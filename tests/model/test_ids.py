"""Ids and nicks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.errors import Code, Problem
from teahouse.model.ids import check_nick, direct_id, fold_nick, message_id, parse_message_id

user_ids = st.text("0123456789abcdef", min_size=1, max_size=32).map(lambda text: "u" + text)


def code_of(function, *arguments):
    with pytest.raises(Problem) as raised:
        function(*arguments)
    return raised.value.code


@given(user_ids, user_ids)
def test_a_direct_conversation_is_the_same_from_both_sides(one, other):
    assert direct_id(one, other) == direct_id(other, one)


@given(user_ids, user_ids, user_ids)
def test_another_pair_has_another_conversation(one, other, third):
    if third not in (one, other):
        assert direct_id(one, other) != direct_id(one, third)


@given(st.text("abcdef0123456789.", min_size=1), st.integers(0, 10**17))
def test_a_message_id_gives_back_its_address(conversation, seq):
    assert parse_message_id(message_id(conversation, seq)) == (conversation, seq)


@pytest.mark.parametrize("message", ["", ".", "c1", "c1.", ".5", "c1.x", "c1.-1", "c1.٣", "c1." + "9" * 30])
def test_what_is_no_message_id_is_not_found(message):
    assert code_of(parse_message_id, message) is Code.NOT_FOUND


@pytest.mark.parametrize("nick", ["a", "Alice", "小明", "Žofie", "o.k", "a-b_c", "7of9", "x" * 32])
def test_a_nick_may_be_of_any_script(nick):
    assert check_nick(nick) == nick


@pytest.mark.parametrize(
    "nick", ["", " ", "_a", "-a", ".a", "a.", "a-", "a b", "a@b", "x" * 33, "a\nb", "a\0", "😀", "topic:a"]
)
def test_a_nick_that_would_not_end_where_it_seems_to_is_refused(nick):
    assert code_of(check_nick, nick) is Code.BAD_REQUEST


def test_a_nick_is_taken_in_normal_form():
    assert check_nick("  \uff21lice ") == "Alice"


@given(st.text(max_size=40))
def test_a_nick_that_is_accepted_stays_as_it_is_and_folds_as_it_was_written(nick):
    try:
        normal = check_nick(nick)
    except Problem:
        return
    assert check_nick(normal) == normal
    assert fold_nick(normal) == fold_nick(nick.strip())
    assert fold_nick(fold_nick(normal)) == fold_nick(normal)


@pytest.mark.parametrize(
    ("one", "other"), [("Alice", "aLICE"), ("Straße", "STRASSE"), ("ΐ", "ΐ"), ("Å", "å")]
)
def test_nicks_that_differ_in_case_only_are_one(one, other):
    assert fold_nick(one) == fold_nick(other)
