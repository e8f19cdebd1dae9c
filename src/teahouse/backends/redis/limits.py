"""Limits (ports/limits.py) on Redis, over all nodes.

Rule: what this node takes it counts itself, too, before it asks. Who is over the rate on one node is so on all, so that
is answered here; and without Redis, or with one that refuses, the node goes on by its own count. Each bucket is a key
that lasts until it is full. Made by app/shared.py.
"""

import hiredis
import structlog

from teahouse.backends.memory.limits import MemoryLimits
from teahouse.backends.redis.client import Redis, Script
from teahouse.model.errors import StoreUnavailable
from teahouse.model.gcra import Bucket
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.backends")

_MICRO = 1_000_000

# `expected` is when the bucket is full, in microseconds of Redis' own clock; a Redis with another clock, or a setting
# that changed, leaves nobody waiting longer than an empty bucket does. As text it has all its digits: Lua's own has 14.
_COMMON = """
local prefix, time = ARGV[1], redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local function expected(key, whole)
  local full = tonumber(redis.call('GET', prefix .. key) or '0')
  return math.min(math.max(full, now), now + whole)
end
local function put(key, full)
  if full > now then
    redis.call('SET', prefix .. key, string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
  else
    redis.call('DEL', prefix .. key)
  end
end
"""

TAKE = Script(
    _COMMON
    + """
local longest, taken = 0, {}
for i = 2, #ARGV, 3 do
  local step, whole = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local full = expected(ARGV[i], whole) + step
  longest = math.max(longest, full - whole - now)
  taken[#taken + 1] = {ARGV[i], full}
end
if longest == 0 then
  for _, one in ipairs(taken) do put(one[1], one[2]) end
end
return longest
"""
)

GIVE_BACK = Script(
    _COMMON
    + """
for i = 2, #ARGV, 3 do
  put(ARGV[i], expected(ARGV[i], tonumber(ARGV[i + 2])) - tonumber(ARGV[i + 1]))
end
return 0
"""
)


class RedisLimits:
    def __init__(self, redis: Redis, clock: Clock) -> None:
        self._redis = redis
        self._own = MemoryLimits(clock)
        self._prefix = f"{redis.options.prefix}:limits:"
        self._told_refused = False

    async def take(self, *buckets: Bucket) -> float:
        wait = self._own.take_now(*buckets)
        if wait:
            return wait
        wait = await self._ask(TAKE, buckets) / _MICRO
        if wait:
            self._own.give_back_now(*buckets)
        return wait

    async def give_back(self, *buckets: Bucket) -> None:
        self._own.give_back_now(*buckets)
        await self._ask(GIVE_BACK, buckets)

    async def _ask(self, script: Script, buckets: tuple[Bucket, ...]) -> int:
        """What the script gives; 0, as if it were in order, if nobody answers."""
        arguments: list[str | int] = []
        for bucket in buckets:
            if bucket.rate.per_second:
                step = max(1, round(_MICRO / bucket.rate.per_second))
                arguments += [f"{bucket.kind}:{bucket.key}", step, step * bucket.rate.burst]
        if not arguments:
            return 0
        try:
            answer = int(await self._redis.run(script, self._prefix, *arguments))
        except StoreUnavailable:
            return 0
        except hiredis.ReplyError as error:
            self._tell(str(error))
            return 0
        self._told_refused = False
        return answer

    def _tell(self, reason: str) -> None:
        if not self._told_refused:
            self._told_refused = True
            _log.warning("Redis keeps no rate limits; each node has its own meanwhile", reason=reason)
