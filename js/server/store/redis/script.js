// The one script. It runs alone, so what it compares and what it stores are of one instant. All its keys begin with KEYS[1], whose braces keep them
// in one slot of a cluster. Decisions are made in JavaScript: the script stores them if the part is still at the version that they were made
// over, and gives the newest state if it is not.
//
//   <prefix>:schema          the version of what follows
//   <prefix>:changes         how many transactions wrote: the version of all parts together, and of each part what it was at its latest change,
//                            so that a part that was erased and told anew has no version that it had before
//   <prefix>:parts           sorted set of the parts' keys
//   <prefix>:part:<key>      hash: v (version), n (name, where the key is shortened), w (wishes), f (due \0 facts), r:<id> (record), g:<key> (grant)
//   <prefix>:due             sorted set: parts, by the `due` of their facts
//   <prefix>:q:<state>       sorted set: id \0 part, by date; also with `:<channel>`
//   <prefix>:codes           hash: whose grant a code is
//   <prefix>:pending         sorted set: part \0 key of grants without a code
//   <prefix>:live, :counters, :notes, :redeemed    hashes
//   <prefix>:done            sorted set: the ids of the latest writes, so that one that is sent again is not done again

/** The version of the keys that this release knows. */
export const SCHEMA = 1;

/** For so many milliseconds it is known what was done. */
export const REMEMBERED = 60_000;

export const SCRIPT = `
local P = KEYS[1] .. ':'
local op = ARGV[1]
local call = redis.call
local time = call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local function part_key(part) return P .. 'part:' .. part end

local function read(part)
  local flat = call('HGETALL', part_key(part))
  local guests = {}
  if part ~= '' then guests = call('HGETALL', part_key('')) end
  return {now, call('GET', P .. 'schema') or '0', call('GET', P .. 'changes') or '0', flat, guests, call('HGETALL', P .. 'live')}
end

-- A record is kept as: state, channel, date, body; a grant as: state, code, body. Between them is the character 0, which no name has.
local function queued(part, id, value, add)
  local state, channel, at = string.match(value, '^(%Z*)%z(%Z*)%z(%Z*)%z')
  local member = id .. '\\0' .. part
  for _, key in ipairs({P .. 'q:' .. state, P .. 'q:' .. state .. ':' .. channel}) do
    if add then
      if at ~= '' then call('ZADD', key, at, member) end
    else
      call('ZREM', key, member)
    end
  end
end

local function granted(part, key, value, add)
  local state, code = string.match(value, '^(%Z*)%z(%Z*)%z')
  local mine = part .. '\\0' .. key
  if code ~= '' then
    if add then call('HSET', P .. 'codes', code, mine)
    elseif call('HGET', P .. 'codes', code) == mine then call('HDEL', P .. 'codes', code) end
  end
  if state == 'reserved' then
    if add then call('ZADD', P .. 'pending', 0, mine) else call('ZREM', P .. 'pending', mine) end
  end
end

local function due(part, name, value, add)
  local at = string.match(value, '^(%Z*)%z')
  if add and at ~= '' then call('ZADD', P .. 'due', at, part) else call('ZREM', P .. 'due', part) end
end

local function set(part, field, value)
  local key = part_key(part)
  local kind, name = string.sub(field, 1, 2), string.sub(field, 3)
  local before = call('HGET', key, field)
  local index = kind == 'r:' and queued or kind == 'g:' and granted or field == 'f' and due
  if index and before then index(part, name, before, false) end
  if value then
    call('HSET', key, field, value)
    if index then index(part, name, value, true) end
  else
    call('HDEL', key, field)
  end
end

local function counter_key(name) return P .. (string.sub(name, 1, 5) == 'live.' and 'live' or 'counters') end

if op == 'read' then return read(ARGV[2]) end
if op == 'now' then return now end
if op == 'get' then return call('HGET', P .. ARGV[2], ARGV[3]) end
if op == 'field' then return call('HGET', part_key(ARGV[2]), ARGV[3]) end
if op == 'counters' then return {call('HGETALL', P .. 'counters'), call('HGETALL', P .. 'live')} end
if op == 'parts' or op == 'pending' then
  return call('ZRANGEBYLEX', P .. op, '(' .. ARGV[2], '+', 'LIMIT', 0, ARGV[3])
end
if op == 'queue' then
  local key, last, at, after, limit = P .. ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], tonumber(ARGV[6])
  local from = 0
  if at ~= '' then
    local score = call('ZSCORE', key, after)
    if score and tonumber(score) == tonumber(at) then
      from = call('ZRANK', key, after) + 1
    else
      from = call('ZCOUNT', key, '-inf', '(' .. at)
      while true do
        local one = call('ZRANGE', key, from, from, 'WITHSCORES')
        if not one[1] or tonumber(one[2]) > tonumber(at) or one[1] > after then break end
        from = from + 1
      end
    end
  end
  local found = {}
  local rows = limit > 0 and call('ZRANGE', key, from, from + limit - 1, 'WITHSCORES') or {}
  for i = 1, #rows, 2 do
    if tonumber(rows[i + 1]) > last then break end
    found[#found + 1] = rows[i]
    found[#found + 1] = rows[i + 1]
  end
  return found
end

-- All that follows writes.
local id = ARGV[2]
if call('ZSCORE', P .. 'done', id) then return {'done', call('HGET', P .. 'redeemed', ARGV[3]) or ''} end
local schema = tonumber(call('GET', P .. 'schema') or '0')
if schema > ${SCHEMA} then return {'newer'} end
if schema == 0 then call('SET', P .. 'schema', ${SCHEMA}) end
local function done(answer)
  call('ZREMRANGEBYSCORE', P .. 'done', '-inf', '(' .. string.format('%.0f', tonumber(now) - ${REMEMBERED}))
  call('ZADD', P .. 'done', now, id)
  call('INCR', P .. 'changes')
  return {'done', answer or ''}
end

if op == 'redeem' then
  local use = call('HGET', P .. 'redeemed', ARGV[3])
  if not use then
    use = now .. ' ' .. ARGV[4]
    call('HSET', P .. 'redeemed', ARGV[3], use)
  end
  return done(use)
end

local function touch(part)
  call('HSET', part_key(part), 'v', string.format('%.0f', tonumber(call('GET', P .. 'changes') or '0') + 1))
end

local function clear(part, kinds)
  local flat = call('HGETALL', part_key(part))
  for i = 1, #flat, 2 do
    if string.find(kinds, string.sub(flat[i], 1, 1), 1, true) then set(part, flat[i], false) end
  end
  touch(part)
end
if op == 'erase' then
  clear(ARGV[3], 'rgf')
  call('DEL', part_key(ARGV[3]))
  call('ZREM', P .. 'parts', ARGV[3])
  return done()
end
if op == 'forget' then
  for _, part in ipairs(call('ZRANGE', P .. 'parts', 0, -1)) do clear(part, 'rf') end
  return done()
end

-- write: first what may refuse it, then all of it.
local it = cjson.decode(ARGV[3])
for _, one in ipairs(it.versions) do
  if (call('HGET', part_key(one[1]), 'v') or '0') ~= one[2] then return {'changed', read(it.part)} end
end
if it.changes and (call('GET', P .. 'changes') or '0') ~= it.changes then return {'changed', read(it.part)} end
for _, one in ipairs(it.counters) do
  if one.most and (tonumber(call('HGET', counter_key(one.name), one.name) or '0') + tonumber(one.add)) > tonumber(one.most) then
    return {'over', one.name}
  end
end
for _, one in ipairs(it.codes) do
  local whose = call('HGET', P .. 'codes', one[1])
  if whose and whose ~= one[2] then return {'taken'} end
end
local touched = {}
for _, one in ipairs(it.set) do
  local part, field, value = one[1], one[2], one[3]
  set(part, field, value ~= cjson.null and value)
  touched[part] = true
end
for part in pairs(touched) do
  touch(part)
  call('ZADD', P .. 'parts', 0, part)
end
if it.erase then
  clear(it.erase, 'rgf')
  call('DEL', part_key(it.erase))
  call('ZREM', P .. 'parts', it.erase)
end
for _, name in ipairs(it.uncount or {}) do call('HDEL', counter_key(name), name) end
for _, one in ipairs(it.counters) do call('HINCRBYFLOAT', counter_key(one.name), one.name, one.add) end
for _, one in ipairs(it.notes) do
  if one[2] ~= cjson.null then call('HSET', P .. 'notes', one[1], one[2]) else call('HDEL', P .. 'notes', one[1]) end
end
return done()
`;
