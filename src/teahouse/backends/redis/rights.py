"""Rights: whether Redis lets this server do what it needs, asked on each new connection.

Rule: everything that is ever asked is tried once, on a key and a channel of its own, so that what is missing is told by
name when the server starts, and not by what fails hours later. A Redis that cannot write now (a replica, full) is not
one that refuses us: it is asked another time. Called by client.py.
"""

import asyncio

import hiredis

from teahouse.backends.redis.line import Line
from teahouse.model.errors import StoreUnavailable

_TRIED = """
local key, missing = ARGV[1], {}
local function try(...)
  local answer = redis.pcall(...)
  local said = type(answer) == 'table' and answer.err or ''
  if string.find(said, 'permission', 1, true) or string.find(said, 'user executing the script', 1, true) then
    missing[#missing + 1] = string.lower((...))
  end
end
try('TIME')
try('SET', key, '', 'PX', 1000)
try('GET', key)
try('EXISTS', key)
try('PEXPIRE', key, 1000)
try('DEL', key)
try('INCR', key)
try('DEL', key)
try('HSET', key, 'f', '')
try('HGET', key, 'f')
try('HGETALL', key)
try('HDEL', key, 'f')
try('ZADD', key, 0, '')
try('ZRANGE', key, 0, 0)
try('ZREM', key, '')
return missing
"""
_HOW = "docs/how-to/redis.md has the whole list, as one command (ACL SETUSER)"


class Lacking(Exception):
    """The server may not do what it needs; the text says what."""


async def check(line: Line, prefix: str) -> None:
    """Lacking, if there is anything."""
    try:
        missing = await _missing(line, prefix)
    except StoreUnavailable:
        if line.gone.done():
            raise
        return  # it refuses everybody for now
    if missing:
        names = ", ".join(dict.fromkeys(missing))
        raise Lacking(
            f"the user of redis.url may not use {names} on keys and channels that begin with {prefix}: {_HOW}"
        )


async def _missing(line: Line, prefix: str) -> list[str]:
    channel = f"{prefix}:hints:rights"
    asked = {
        "eval": line.ask("EVAL", _TRIED, 0, f"{prefix}:rights"),
        "evalsha": line.ask("EVALSHA", "0" * 40, 0),
        "spublish": line.ask("SPUBLISH", channel, b""),
    }
    line.subscribe("SSUBSCRIBE", channel)
    asked["ssubscribe"] = line.ask("PING")  # a subscription is confirmed by no answer, but refused by one
    answers = await asyncio.gather(*asked.values(), return_exceptions=True)
    missing: list[str] = []
    for name, answer in zip(asked, answers, strict=True):
        if isinstance(answer, hiredis.ReplyError):
            missing += [name] if _is_refused(answer) else []
        elif isinstance(answer, BaseException):
            raise answer
        elif name == "eval":
            missing += [tried.decode() for tried in answer]
    line.subscribe("SUNSUBSCRIBE", channel)
    return missing


def _is_refused(error: hiredis.ReplyError) -> bool:
    return "permission" in str(error).lower()
