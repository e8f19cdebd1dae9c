import pytest

from teahouse.gateways.mqtt.plans import Subscription, Subscriptions

TOPIC = ("chat/tea",)


def plan(*several: Subscription):
    return Subscriptions(5, several).plan("tea", TOPIC)


def test_what_nobody_wants() -> None:
    assert plan() is None
    assert plan(Subscription("chat/coffee")) is None


def test_several_are_one() -> None:
    found = plan(Subscription("#", 0, no_local=True, id=9), Subscription("chat/+", 2, no_local=True, id=3))
    assert found is not None
    assert (found.topic, found.qos, found.echoes, found.plain) == ("chat/tea", 2, False, False)
    assert found.form == ("chat/tea", (3, 9), 5)


def test_only_what_everybody_gets_is_plain() -> None:
    found = plan(Subscription("chat/+"))
    assert found is not None
    assert found.plain


def test_groups_count_only_where_nothing_else_does() -> None:
    shared = Subscription("$share/g/chat/+", 1)
    found = plan(shared)
    assert found is not None
    assert (found.groups, found.qos) == (("$share/g/chat/+",), 1)
    found = plan(shared, Subscription("#"))
    assert found is not None
    assert (found.groups, found.qos) == ((), 0)


def test_a_plan_is_kept_until_the_subscriptions_change() -> None:
    several = Subscriptions(5)
    with pytest.raises(KeyError):
        several.known("tea")
    assert several.plan("tea", TOPIC) is None
    assert several.known("tea") is None
    assert several.put(Subscription("#"))
    assert not several.put(Subscription("#", 1))
    found = several.plan("tea", TOPIC)
    assert found is not None
    assert found.qos == 1
    assert several.drop("#")
    assert not several.drop("#")
    assert several.plan("tea", TOPIC) is None
