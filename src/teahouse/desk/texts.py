"""What the desk says by itself, in the visitor's language, unless the team has its own words for it.

Called by moves.py, which puts what is to be said into the ticket.
"""

import re
from collections.abc import Mapping

from teahouse.model.desk import Team, Ticket

OWN: Mapping[str, Mapping[str, str]] = {
    "en": {
        "queued": "I am passing you on to a colleague. One moment, please.",
        "closed": "Nobody is here right now. Leave us a message, and how to reach you: we will get back to you.",
        "nobody": "All colleagues are busy. Leave us a message, and we will get back to you.",
        "joined": "{agent} is here for you now.",
        "requeued": "I am sorry, your colleague had to go. Somebody else will be with you shortly.",
        "transferred": "I am passing you on to a colleague who can help you better.",
        "resolved": "Is everything all right now? You may rate how we did; if there is anything else, just write.",
        "unsure": "I am not sure that I understood. Could you say it in other words?",
    },
    "zh": {
        "queued": "正在为您转接人工客服，请稍候。",
        "closed": "现在是非工作时间。请留言并留下联系方式，我们会尽快回复您。",
        "nobody": "客服都在忙。请留言，我们会尽快回复您。",
        "joined": "{agent} 正在为您服务。",
        "requeued": "抱歉，您的客服暂时离开了，马上会有其他同事接待您。",
        "transferred": "正在为您转接更合适的同事。",
        "resolved": "问题解决了吗？欢迎为我们的服务评分；如需帮助请继续留言。",
        "unsure": "抱歉，我没有完全理解，您能换个说法吗？",
    },
}
NAMES = frozenset(OWN["en"])

_VARIABLE = re.compile(r"\{(\w{1,40})\}")


def language_of(ticket: Ticket, team: Team) -> str:
    """The first of the visitor's and the team's that we have words in."""
    for wanted in (ticket.language, team.language):
        short = wanted.partition("-")[0].lower()
        if short in OWN:
            return short
    return "en"


def text(name: str, ticket: Ticket, team: Team, **values: str) -> str:
    """What is said, with its variables filled in."""
    language = language_of(ticket, team)
    said = team.texts.get(f"{language}.{name}") or OWN[language][name]
    return filled(said, values)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its {variables}; those nobody knows stay as they are. No format string: who writes one could
    read more than was meant."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), template)
