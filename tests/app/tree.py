"""A small tree of settings with one of each kind, for the tests of how settings are read and shown."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

Port = Annotated[int, Meta(ge=0, le=65535, description="Where to listen; 0 picks a free one.")]


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Tls(Struct, frozen=True, kw_only=True):
    certificate: Annotated[str | None, Meta(description="File with the certificate.")] = None
    key: Annotated[str | None, Meta(description="File with its key.")] = None

    def __post_init__(self) -> None:
        if (self.certificate is None) != (self.key is None):
            raise ValueError("certificate and key go together")


class Door(Struct, frozen=True, kw_only=True):
    host: Annotated[str, Meta(min_length=1, description="Address to bind to.")] = "127.0.0.1"
    tls: Tls = Tls()
    port: Port = 8080
    ratio: Annotated[float, Meta(gt=0, lt=1, description="A part of the whole.")] = 0.5
    open: Annotated[bool, Meta(description="Whether the door is open.")] = True
    origins: Annotated[tuple[str, ...], Meta(description="Who may come.")] = ()
    kind: Annotated[Literal["wood", "iron"], Meta(description="What it is made of.")] = "wood"
    colour: Annotated[Colour, Meta(description="How it is painted.")] = Colour.RED


class House(Struct, frozen=True, kw_only=True):
    data: Annotated[str, Meta(max_length=1000, description="Where things are kept.")] = "house"
    door: Door = Door()
    password: Annotated[str | None, Meta(description="The word.", extra={"secret": True})] = None
