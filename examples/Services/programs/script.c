/* script: Lua. A program in Lua calls C, C calls Lua, and errors arrive where they should. */
#include "service.h"

#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>

static const char queens[] =
    "local function place(n, row, cols, up, down)\n"
    "  if row > n then return 1 end\n"
    "  local found = 0\n"
    "  for c = 1, n do\n"
    "    if not (cols[c] or up[row + c] or down[row - c]) then\n"
    "      cols[c], up[row + c], down[row - c] = true, true, true\n"
    "      found = found + place(n, row + 1, cols, up, down)\n"
    "      cols[c], up[row + c], down[row - c] = nil, nil, nil\n"
    "    end\n"
    "  end\n"
    "  return found\n"
    "end\n"
    "return place(7, 1, {}, {}, {})\n";

static const char generator[] =
    "local function fibonacci()\n"
    "  return coroutine.wrap(function()\n"
    "    local a, b = 0, 1\n"
    "    while true do coroutine.yield(a); a, b = b, a + b end\n"
    "  end)\n"
    "end\n"
    "local out = {}\n"
    "for n in fibonacci() do\n"
    "  if n > 1000 then break end\n"
    "  out[#out + 1] = tostring(n)\n"
    "end\n"
    "return table.concat(out, ' ')\n";

/* Runs a chunk; what it returned, or its error, is left on the stack. */
static const char *run(lua_State *lua, const char *chunk)
{
    lua_settop(lua, 0);
    if (luaL_loadbufferx(lua, chunk, strlen(chunk), "=chunk", "t") == LUA_OK)
        lua_pcall(lua, 0, 1, 0);
    return luaL_tolstring(lua, -1, NULL);
}

/* sum(...): adds what it gets, and refuses anything that is no number. */
static int lua_sum(lua_State *lua)
{
    lua_Number sum = 0;

    for (int i = 1; i <= lua_gettop(lua); i++)
        sum += luaL_checknumber(lua, i);
    lua_pushnumber(lua, sum);
    return 1;
}

static void check_language(lua_State *lua)
{
    check_text("ways to place seven queens", run(lua, queens), "40");
    check_text("fibonacci", run(lua, generator), "0 1 1 2 3 5 8 13 21 34 55 89 144 233 377 610 987");
    check_text("pattern", run(lua, "return (('key = value'):gsub('(%w+)%s*=%s*(%w+)', '%2=%1'))"), "value=key");
    check_text("integer division", run(lua, "return -7 // 2 .. ' ' .. -7 % 3 .. ' ' .. 7 / 2"), "-4 2 3.5");
    check_text("floor", run(lua, "return math.floor(math.sqrt(2) * 1e6)"), "1414213");
    check_text("packed", run(lua, "return (string.pack('>I4z', 258, 'ab'):gsub('.', function(c)"
                                  " return ('%02x'):format(c:byte()) end))"), "00000102616200");
    check_text("metatable", run(lua, "local v = setmetatable({3, 4}, {__len = function(t)"
                                     " return (t[1] ^ 2 + t[2] ^ 2) ^ 0.5 end}) return #v"), "5.0");
}

static void check_binding(lua_State *lua)
{
    lua_register(lua, "sum", lua_sum);
    check_text("C from Lua", run(lua, "return sum(1, 2.5, '3')"), "6.5");
    check_text("an error in C", run(lua, "return sum(1, {})"),
               "chunk:1: bad argument #2 to 'sum' (number expected, got table)");
    check_text("an error in Lua", run(lua, "local t = nil; return t.x"),
               "chunk:1: attempt to index a nil value (local 't')");
    check_text("a syntax error", run(lua, "return ("), "chunk:1: unexpected symbol near <eof>");
    run(lua, "function twice(x) return 2 * x end");
    lua_getglobal(lua, "twice");
    lua_pushinteger(lua, 21);
    lua_call(lua, 1, 1);
    check_number("Lua from C", lua_tointeger(lua, -1), 42);
}

/* Garbage is made and collected again. */
static void check_collector(lua_State *lua)
{
    lua_gc(lua, LUA_GCCOLLECT);
    int before = lua_gc(lua, LUA_GCCOUNT);

    run(lua, "local t = {} for i = 1, 20000 do t[i] = {i} end return #t");
    lua_settop(lua, 0);
    lua_gc(lua, LUA_GCCOLLECT);
    check(lua_gc(lua, LUA_GCCOUNT) <= before + 8, "garbage is collected");
}

int main(void)
{
    lua_State *lua = luaL_newstate();

    printf("script: programs in Lua\n");
    if (!check(lua != NULL, "started"))
        return finish("script");
    luaL_openlibs(lua);
    check_language(lua);
    check_binding(lua);
    check_collector(lua);
    lua_close(lua);
    return finish("script");
}
