"""What is behind the doors, and the site that HTTP serves of it: REST, and the web client. A part of compose.py."""

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import Any

from teahouse.app.bots import Programs
from teahouse.app.desk import desk_resources, foreign_paths
from teahouse.app.identity import Identity
from teahouse.app.settings import Settings
from teahouse.desk.desk import Desk
from teahouse.engine.avatars import refuse
from teahouse.engine.engine import Engine
from teahouse.engine.keeper import Keeper
from teahouse.engine.outlet_book import OutletBook
from teahouse.engine.pictures import Pictures
from teahouse.engine.previews import Previews
from teahouse.engine.push_devices import PushBook
from teahouse.engine.stores import Stores
from teahouse.gateways.limits import Admission
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.rest.auth import Auth, KeySet
from teahouse.gateways.rest.avatars import Avatars
from teahouse.gateways.rest.belongings import Belongings
from teahouse.gateways.rest.conversations import Conversations
from teahouse.gateways.rest.cookies import PassCookies
from teahouse.gateways.rest.entrance import Entrance
from teahouse.gateways.rest.files import Files
from teahouse.gateways.rest.groups import Groups
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.me import OwnAccount
from teahouse.gateways.rest.messages import Messages
from teahouse.gateways.rest.metrics import Scrape
from teahouse.gateways.rest.oidc import Oidc
from teahouse.gateways.rest.outlets import ConversationOutlets, ServerOutlets
from teahouse.gateways.rest.previews import Previews as LinkPreviews
from teahouse.gateways.rest.push import PushResource
from teahouse.gateways.rest.relations import Relations
from teahouse.gateways.rest.reports import Reports
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.schedules import Schedules
from teahouse.gateways.rest.search import Searches
from teahouse.gateways.rest.sights import Sights
from teahouse.gateways.rest.slots import Slots as SlotResource
from teahouse.gateways.rest.streams import Streams
from teahouse.gateways.rest.uploads import Uploads
from teahouse.gateways.rest.users import Users
from teahouse.gateways.rest.web import Web
from teahouse.gateways.slots import Slots
from teahouse.gateways.web.locate import NOT_BUILT, OWN, locate
from teahouse.gateways.web.pages import Pages
from teahouse.ports.broker import Broker


@dataclass(frozen=True)
class Inside:
    """What the doors open to."""

    settings: Settings
    engine: Engine
    stores: Stores
    identity: Identity
    programs: Programs
    admission: Admission
    previews: tuple[Previews, Pictures]
    metrics: tuple[Scrape, str] | None
    desk: Desk | None = None


def rest_context(inside: Inside, tcp_url: str | None, slots: Slots | None) -> RestContext:
    """What REST serves: the resources, those asked most often first."""
    http, engine, identity = inside.settings.http, inside.engine, inside.identity
    ask, cookies = Ask(engine), PassCookies(identity.passes, http.public_url, engine.guests)
    resources: dict[str, object] = {
        "messages": Messages(ask),
        "conversations": Conversations(ask),
        "sight": Sights(ask),
        "schedules": Schedules(ask),
        "streams": Streams(ask),
        "auth": Auth(identity.accounts, identity.logins, engine.guests.leave),
        "web": Web(identity, cookies, engine.guests),
        "oidc": Oidc(identity.entrance, identity.passes, identity.logins, cookies),
        "me": own_account(inside),
        "users": Users(identity.accounts, inside.stores.users),
        "keys": KeySet(identity.keys),
        "search": Searches(ask),
        "groups": Groups(ask),
        "entrance": Entrance(ask),
        "relations": Relations(ask),
        "reports": Reports(ask, inside.stores.reports, inside.stores.clock),
        "previews": LinkPreviews(*inside.previews),
        **inside.programs.resources(),
        **desk_resources(inside.desk),
        **outlet_resources(engine.outlets),
        **push_resources(engine.push_book),
    }
    if engine.keeper is not None:
        resources |= file_resources(engine.keeper, ask, identity, slots)
    return RestContext(
        engine.ready,
        tcp_url,
        Guard(inside.stores.tokens, cookies),
        resources,
        origins=http.cors,
        foreign=foreign_paths(inside.desk),
        scribe=inside.programs.scribe,
        asides=partial(asides_of, inside.stores.broker),
        metrics=inside.metrics,
    )


def own_account(inside: Inside) -> OwnAccount:
    """What everybody may do with their own account."""
    engine, identity = inside.engine, inside.identity
    return OwnAccount(
        identity.accounts,
        identity.logins,
        identity.erasure,
        inside.stores.directory,
        belongings(inside.stores).of,
        refuse if engine.keeper is None else engine.keeper.avatars.check,
    )


def asides_of(broker: Broker) -> dict[str, str]:
    """What a node that is ready is without."""
    if not broker.shared:
        return {}
    return {"broker": "ok" if broker.connected else "this node does not hear the others"}


def outlet_resources(book: OutletBook | None) -> dict[str, object]:
    """What there is where the server has outgoing webhooks."""
    if book is None:
        return {}
    return {"outlets": ConversationOutlets(book), "server_outlets": ServerOutlets(book)}


def push_resources(book: PushBook | None) -> dict[str, object]:
    """What there is where the server can wake people up."""
    return {} if book is None else {"push": PushResource(book)}


def file_resources(keeper: Keeper, ask: Ask, identity: Identity, slots: Slots | None) -> dict[str, object]:
    """What there is where the server keeps files."""
    return {
        **({} if slots is None else {"slots": SlotResource(slots)}),
        "files": Files(keeper),
        "uploads": Uploads(keeper),
        "avatars": Avatars(ask, keeper, identity.accounts),
    }


def belongings(stores: Stores) -> Belongings:
    files = None if stores.filing is None else stores.filing.files
    return Belongings(stores.relations, stores.schedules, files, stores.push)


def compose_site(context: RestContext, client_dir: str) -> Any:
    """REST, and the web client before it, if there is one. Any: Starlette's types for ASGI are not uvicorn's."""
    client = locate(client_dir)
    if client is None:
        hint = NOT_BUILT if client_dir == OWN else ""
        return create_application(dataclasses.replace(context, hint=hint))
    app = create_application(context)
    return Pages(app, client, app.state.reserved)
