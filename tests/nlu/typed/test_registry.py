# ruff: noqa: E501  (tables of cases, one a line)
"""Values in a text: the exact place, the one form, and who wins where two find something."""

import random
import time
from datetime import datetime

import pytest

from teahouse.nlu.typed.contacts import orders
from teahouse.nlu.typed.found import Circumstances
from teahouse.nlu.typed.registry import Registry, choose

AT = Circumstances(datetime(2026, 11, 25, 10, 0))  # a Wednesday


def usd(amount):
    return {"amount": amount, "currency": "USD"}


def cny(amount):
    return {"amount": amount, "currency": "CNY"}


FOUND = [
    ("I come tomorrow at 3pm with 4 people", [("date", "tomorrow", "2026-11-26"), ("time", "3pm", "15:00"), ("number", "4", 4)]),
    ("next Friday at half past seven in the evening", [("date", "next Friday", "2026-12-04"), ("time", "half past seven in the evening", "19:30")]),
    ("on March 5th, 2027 I paid $1,299.50", [("date", "March 5th, 2027", "2027-03-05"), ("money", "$1,299.50", usd(1299.5))]),
    ("the 3rd of May", [("date", "3rd of May", "2027-05-03")]),
    ("between 2026-12-01 and 12/24", [("date", "2026-12-01", "2026-12-01"), ("date", "12/24", "2026-12-24")]),
    ("on Friday, or in two weeks", [("date", "Friday", "2026-11-27"), ("date", "in two weeks", "2026-12-09")]),
    ("february 30 does not exist", [("number", "30", 30)]),
    ("a quarter to five", [("time", "a quarter to five", "04:45")]),
    ("at noon, or 18:45", [("time", "noon", "12:00"), ("time", "18:45", "18:45")]),
    ("in half an hour", [("time", "in half an hour", "10:30")]),
    ("call +49 30 1234567 or (415) 555-2671", [("phone", "+49 30 1234567", "+49301234567"), ("phone", "(415) 555-2671", "4155552671")]),
    ("write to Foo.Bar@Example.com.", [("email", "Foo.Bar@Example.com", "foo.bar@example.com")]),
    ("order #A12345 and order 20231105123", [("order", "A12345", "A12345"), ("order", "20231105123", "20231105123")]),
    ("order 2 pizzas", [("number", "2", 2)]),
    ("twenty five dollars, not 30 euros", [("money", "twenty five dollars", usd(25)), ("money", "30 euros", {"amount": 30, "currency": "EUR"})]),
    ("one hundred and two items, 3.5 kg, 2k", [("number", "one hundred and two", 102), ("number", "3.5", 3.5), ("number", "2k", 2000)]),
    ("this one please, mp3 and covid19", []),
    ("明天下午三点半三个人", [("date", "明天", "2026-11-26"), ("time", "下午三点半", "15:30"), ("number", "三", 3)]),
    ("下周五晚上7点，预算两百块", [("date", "下周五", "2026-12-04"), ("time", "晚上7点", "19:00"), ("money", "两百块", cny(200))]),
    ("２０２６年３月８日", [("date", "２０２６年３月８日", "2026-03-08")]),
    ("五天后，星期天，12月25号", [("date", "五天后", "2026-11-30"), ("date", "星期天", "2026-11-29"), ("date", "12月25号", "2026-12-25")]),
    ("差五分八点，下午两点一刻", [("time", "差五分八点", "07:55"), ("time", "下午两点一刻", "14:15")]),
    ("电话13800138000，订单号202311051234567", [("phone", "13800138000", "13800138000"), ("order", "202311051234567", "202311051234567")]),
    ("三千五百二十元五角，5块5，￥128.50", [("money", "三千五百二十元五角", cny(3520.5)), ("money", "5块5", cny(5.5)), ("money", "￥128.50", cny(128.5))]),
    ("两万三，一百零五个", [("number", "两万三", 23000), ("number", "一百零五", 105)]),
    ("便宜一点，等一下，第二个，统一", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_values_are_found_where_they_stand(text: str, expected: list) -> None:
    found = Registry().find(text, AT)
    assert [(f.kind, text[f.start : f.end], f.value) for f in found] == expected


def test_what_was_asked_for_wins() -> None:
    text = "13800138000"
    assert [f.kind for f in Registry().find(text, AT)] == ["phone"]
    assert [f.kind for f in Registry().find(text, AT, ["order"])] == ["order"]
    assert [f.value for f in Registry().find("2 tomorrow at 3pm", AT, ["number"])] == [2]


def test_the_day_may_come_first() -> None:
    there = Circumstances(AT.now, day_first=True)
    assert [f.value for f in Registry().find("4/3/2027", there)] == ["2027-03-04"]
    assert [f.value for f in Registry().find("4/3/2027", AT)] == ["2027-04-03"]


def test_an_entry_of_a_list_is_found_by_any_of_its_names() -> None:
    registry = Registry(
        {"product": {"AeroPress": ["aero press", "爱乐压"], "AeroPress Go": [], "手冲壶": ["细口壶"]}}
    )
    text = "一个细口壶 and an Aero Press, AEROPRESS go, 爱乐压；aeropressing"
    found = registry.find(text, AT, ["product"])
    assert [(text[f.start : f.end], f.value) for f in found] == [
        ("细口壶", "手冲壶"), ("Aero Press", "AeroPress"), ("AEROPRESS go", "AeroPress Go"), ("爱乐压", "AeroPress"),
    ]  # fmt: skip


def test_a_choice_is_made_by_name_or_by_place() -> None:
    entries = {"small": ["小杯"], "medium": ["中杯"], "large": ["大杯"]}
    said = [
        "a large one",
        "小杯",
        "the second one",
        "第二个",
        "3",
        "the last one",
        "最后一个",
        "neither",
        "7",
    ]
    made = [[f.value for f in choose(text, entries, AT)] for text in said]
    assert made == [["large"], ["small"], ["medium"], ["medium"], ["large"], ["large"], ["large"], [], []]


def test_a_team_says_the_form_of_its_order_numbers() -> None:
    registry = Registry(order=orders("SF-999999"))
    assert [f.value for f in registry.find("sf-123456, not SF-1234567 or A12345", AT, ["order"])] == [
        "SF-123456"
    ]
    with pytest.raises(ValueError, match="9 for a digit"):
        orders("order")


def test_a_list_cannot_have_the_name_of_a_kind() -> None:
    with pytest.raises(ValueError, match="kind of its own"):
        Registry({"date": {}})


def test_any_text_is_read_in_time() -> None:
    """Nothing a visitor writes makes it hang, or raises, and no finding leaves the text or meets another."""
    dice = random.Random(7)
    pieces = [
        "1",
        "12",
        ",.",
        "-",
        "/",
        ":",
        "¥",
        "$",
        "元",
        "块",
        "十",
        "百",
        "万",
        "点",
        "半",
        "号",
        "月",
        "年",
        "周",
        "后",
        "个",
        "a.b",
        "@",
        "+",
        "#",
        "order",
        "one",
        "half",
        "past",
        "in",
        "Ⅳ",
        "²",
        "İ",
        "ß",
        "😀",
        "\n",
    ]
    registry = Registry({"k": {"one": ["half"]}})
    started = time.perf_counter()
    for n in range(300):
        text = "".join(dice.choice(pieces) for _ in range(n % 80))
        end = 0
        for found in registry.find(text, AT):
            assert end <= found.start < found.end <= len(text)
            end = found.end
    for text in (
        "1" * 3000,
        "1 " * 1500,
        "十" * 3000,
        "a@" * 1500,
        "one and " * 400,
        "1-" * 1500,
        "(" * 3000,
    ):
        registry.find(text, AT)
    assert time.perf_counter() - started < 10
