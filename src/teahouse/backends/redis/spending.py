"""Spending (ports/limits.py) on Redis: the buckets of limits.py, from which is taken what is gone already.

Rule: one script for many buckets, by the clock of Redis. Made by app/shared.py.
"""

from collections.abc import Sequence

import hiredis
import structlog

from teahouse.backends.redis.client import Redis, Script
from teahouse.model.errors import StoreUnavailable
from teahouse.model.gcra import DEBT, Bucket

_log = structlog.get_logger("teahouse.backends")

_MICRO = 1_000_000

# A key has the time when its bucket is full, in microseconds; as text it has all its digits: Lua's own has 14.
SPEND = Script(
    """
local prefix, time, waits = ARGV[1], redis.call('TIME'), {}
local now = time[1] * 1000000 + time[2]
for i = 2, #ARGV, 4 do
  local key, step = prefix .. ARGV[i], tonumber(ARGV[i + 1])
  local full = math.max(tonumber(redis.call('GET', key) or '0'), now) + step * tonumber(ARGV[i + 3])
  full = math.min(full, now + tonumber(ARGV[i + 2]))
  redis.call('SET', key, string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
  waits[#waits + 1] = full - now
end
return waits
"""
)


class RedisSpending:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._prefix = f"{redis.options.prefix}:limits:"
        self._told_refused = False

    async def spend(self, spent: Sequence[tuple[Bucket, int]]) -> list[float]:
        arguments: list[str | int] = []
        for bucket, number in spent:
            step = max(1, round(_MICRO / bucket.rate.per_second))
            most = DEBT * step * bucket.rate.burst
            arguments += [f"{bucket.kind}:{bucket.key}", step, most, number]
        try:
            waits = await self._redis.run(SPEND, self._prefix, *arguments)
        except hiredis.ReplyError as error:
            if not self._told_refused:
                self._told_refused = True
                _log.warning("Redis does not count what users send; each node does alone", reason=str(error))
            raise StoreUnavailable(f"Redis refuses: {error}") from error
        self._told_refused = False
        return [wait / _MICRO for wait in waits]
