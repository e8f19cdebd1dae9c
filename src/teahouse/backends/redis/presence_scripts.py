"""What Redis does by itself for presence.py, in Lua: each script is one step for everybody.

Keys, all behind the prefix: `n:<node>` lives as long as the node speaks; `p:<user>` is a hash of what each node said of
the user, each with the number of its turn; `c:<nick>` is who holds a nick, and the node that claimed it, `k:<user>` the
nick a user holds; `everyone` sorts all who are present by nick and user, `m:<user>` is what stands there for one. Every
key of a user lasts for the expiry only, unless it is put again. As the scripts make the keys' names, this is for one
Redis, with replicas or without, and not for a cluster.
"""

from teahouse.backends.redis.client import Script

_COMMON = """
local prefix, node, expiry = ARGV[1], ARGV[2], ARGV[3]
redis.call('SET', prefix .. 'n:' .. node, '', 'PX', ARGV[4])
local function state(user)
  local said, best, found = redis.call('HGETALL', prefix .. 'p:' .. user), -1, nil
  for i = 1, #said, 2 do
    if redis.call('EXISTS', prefix .. 'n:' .. said[i]) == 1 then
      local colon = string.find(said[i + 1], ':', 1, true)
      local turn = tonumber(string.sub(said[i + 1], 1, colon - 1))
      if turn > best then best, found = turn, string.sub(said[i + 1], colon + 1) end
    end
  end
  return found
end
local function holder(nick)
  local held = redis.call('GET', prefix .. 'c:' .. nick)
  if not held then return nil end
  local zero = string.find(held, '\\0', 1, true)
  local user, by = string.sub(held, 1, zero - 1), string.sub(held, zero + 1)
  if state(user) or redis.call('EXISTS', prefix .. 'n:' .. by) == 1 then return user end
  return nil
end
local function release(user)
  local nick = redis.call('GET', prefix .. 'k:' .. user)
  if not nick then return end
  redis.call('DEL', prefix .. 'k:' .. user)
  local held = redis.call('GET', prefix .. 'c:' .. nick)
  if held and string.sub(held, 1, #user + 1) == user .. '\\0' then redis.call('DEL', prefix .. 'c:' .. nick) end
end
local function place(user, member)
  local before = redis.call('GET', prefix .. 'm:' .. user)
  if before and before ~= member then redis.call('ZREM', prefix .. 'everyone', before) end
  if member then
    redis.call('ZADD', prefix .. 'everyone', 0, member)
    redis.call('SET', prefix .. 'm:' .. user, member, 'PX', expiry)
  else
    redis.call('DEL', prefix .. 'm:' .. user)
  end
end
"""

ALIVE = Script(_COMMON + "return 1")

CLAIM = Script(
    _COMMON
    + """
local nick, user = ARGV[5], ARGV[6]
local held = holder(nick)
if held and held ~= user then return held end
release(user)
redis.call('SET', prefix .. 'c:' .. nick, user .. '\\0' .. node, 'PX', expiry)
redis.call('SET', prefix .. 'k:' .. user, nick, 'PX', expiry)
return user
"""
)

RELEASE = Script(
    _COMMON + "if redis.call('GET', prefix .. 'k:' .. ARGV[6]) == ARGV[5] then release(ARGV[6]) end return 1"
)

HOLDER = Script(_COMMON + "return holder(ARGV[5])")

# Said again it keeps its turn: what another node said since is not undone by it.
TOUCH = Script(
    _COMMON
    + """
local user, said, nick, again = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local key = prefix .. 'p:' .. user
local before = redis.call('HGET', key, node)
if again ~= '1' or not before then
  redis.call('HSET', key, node, redis.call('INCR', prefix .. 'turn') .. ':' .. said)
end
redis.call('PEXPIRE', key, expiry)
local held = redis.call('GET', prefix .. 'k:' .. user)
if held then
  redis.call('PEXPIRE', prefix .. 'k:' .. user, expiry)
  redis.call('PEXPIRE', prefix .. 'c:' .. held, expiry)
end
if again ~= '1' or not redis.call('GET', prefix .. 'm:' .. user) then
  place(user, nick .. '\\0' .. user)
else
  redis.call('PEXPIRE', prefix .. 'm:' .. user, expiry)
end
return 1
"""
)

DROP = Script(
    _COMMON
    + """
local user = ARGV[5]
redis.call('HDEL', prefix .. 'p:' .. user, node)
if not state(user) then
  redis.call('DEL', prefix .. 'p:' .. user)
  place(user, nil)
  release(user)
end
return 1
"""
)

LOCATE = Script(
    _COMMON
    + """
local found = {}
for i = 5, #ARGV do found[i - 4] = state(ARGV[i]) or false end
return found
"""
)

# Whoever is listed, and present no more, went with a node that is gone: they are taken from the list by whoever looks,
# and put there again by their node if it goes on.
EVERYONE = Script(
    _COMMON
    + """
local limit, found, start = tonumber(ARGV[5]), {}, 0
while #found < limit do
  local some = redis.call('ZRANGE', prefix .. 'everyone', start, start + 999)
  if #some == 0 then break end
  for _, member in ipairs(some) do
    local user = string.sub(member, string.find(member, '\\0', 1, true) + 1)
    local said = state(user)
    if said then
      start = start + 1
      if #found < limit then found[#found + 1] = said end
    else
      redis.call('ZREM', prefix .. 'everyone', member)
      redis.call('DEL', prefix .. 'm:' .. user)
    end
  end
end
return found
"""
)
