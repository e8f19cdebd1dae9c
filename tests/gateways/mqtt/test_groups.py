from teahouse.gateways.mqtt.groups import Groups

NAME = "$share/g/#"


class Listener:
    def __init__(self, *conversations: str) -> None:
        self._conversations = conversations

    def hears(self, conversation: str) -> bool:
        return conversation in self._conversations


def whose(groups: Groups, several: list[Listener], seq: int) -> list[int]:
    return [n for n, one in enumerate(several) if groups.is_turn_of(one, (NAME,), "tea", seq)]


def test_each_has_a_turn_if_they_hear_it_at_all() -> None:
    groups, several = Groups(), [Listener("tea"), Listener("coffee"), Listener("tea")]
    for one in several:
        groups.join(NAME, one)
    assert [whose(groups, several, seq) for seq in (1, 2, 3, 4)] == [[2], [0], [2], [0]]


def test_a_choice_stands_while_who_was_chosen_is_there() -> None:
    groups, several = Groups(), [Listener("tea"), Listener("tea")]
    for one in several:
        groups.join(NAME, one)
    (chosen,) = whose(groups, several, 1)
    third = Listener("tea")
    groups.join(NAME, third)
    assert whose(groups, [*several, third], 1) == [chosen]
    groups.leave(NAME, several[chosen])
    assert len(whose(groups, [*several, third], 1)) == 1
    assert whose(groups, [*several, third], 1) != [chosen]
    groups.leave(NAME, several[chosen])
