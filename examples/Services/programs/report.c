/* report: Lua, expat, jansson and libm. An XML feed becomes a table in Lua, which writes statistics as JSON. */
#include "service.h"

#include <expat.h>
#include <jansson.h>
#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>
#include <math.h>

static const char feed[] =
    "<readings><sensor id='roof'><t>12.5</t><t>13.0</t><t>15.5</t></sensor>"
    "<sensor id='cellar'><t>8.0</t><t>8.0</t></sensor><sensor id='attic'><t>20.25</t></sensor></readings>";

static const char program[] =
    "function summary(readings)\n"
    "  local out = {}\n"
    "  for id, values in pairs(readings) do\n"
    "    local sum, high = 0, -math.huge\n"
    "    for _, v in ipairs(values) do sum = sum + v; high = math.max(high, v) end\n"
    "    local mean = sum / #values\n"
    "    out[id] = {count = #values, mean = mean, high = high, spread = deviation(mean, table.unpack(values))}\n"
    "  end\n"
    "  return out\n"
    "end\n";

/* Building readings[id] = {numbers} on the Lua stack while the document is read. */
static void on_start(void *data, const char *name, const char **attributes)
{
    lua_State *lua = data;

    if (strcmp(name, "sensor") == 0) {
        lua_newtable(lua);
        lua_pushvalue(lua, -1);
        lua_setfield(lua, -3, attributes[1]);
    } else if (strcmp(name, "t") == 0) {
        lua_pushliteral(lua, "");
    }
}

static void on_text(void *data, const char *text, int count)
{
    lua_State *lua = data;

    lua_pushlstring(lua, text, (size_t)count);
    lua_concat(lua, 2);
}

static void on_end(void *data, const char *name)
{
    lua_State *lua = data;

    if (strcmp(name, "t") == 0) {
        lua_pushnumber(lua, strtod(lua_tostring(lua, -1), NULL));
        lua_rawseti(lua, -3, (lua_Integer)lua_rawlen(lua, -3) + 1);
        lua_pop(lua, 1);
    } else if (strcmp(name, "sensor") == 0) {
        lua_pop(lua, 1);
    }
}

/* deviation(mean, ...): the standard deviation of the values. */
static int lua_deviation(lua_State *lua)
{
    double mean = luaL_checknumber(lua, 1), sum = 0;
    int count = lua_gettop(lua) - 1;

    for (int i = 2; i <= count + 1; i++)
        sum += pow(luaL_checknumber(lua, i) - mean, 2);
    lua_pushnumber(lua, sqrt(sum / count));
    return 1;
}

/* The table at the top of the stack as JSON. */
static json_t *to_json(lua_State *lua)
{
    if (!lua_istable(lua, -1))
        return lua_isinteger(lua, -1) ? json_integer(lua_tointeger(lua, -1)) : json_real(lua_tonumber(lua, -1));
    json_t *object = json_object();
    for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1))
        json_object_set_new(object, lua_tostring(lua, -2), to_json(lua));
    return object;
}

static bool read_feed(lua_State *lua)
{
    XML_Parser parser = XML_ParserCreate(NULL);

    XML_SetUserData(parser, lua);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    lua_newtable(lua);
    bool good = XML_Parse(parser, feed, sizeof feed - 1, 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return good;
}

int main(void)
{
    lua_State *lua = luaL_newstate();

    printf("report: from XML through Lua to JSON\n");
    luaL_openlibs(lua);
    lua_register(lua, "deviation", lua_deviation);
    check(luaL_dostring(lua, program) == LUA_OK, "the script is loaded");
    lua_getglobal(lua, "summary");
    check(read_feed(lua), "the feed is read");
    if (check(lua_pcall(lua, 1, 1, 0) == LUA_OK, "the summary is made")) {
        json_t *summary = to_json(lua);
        char *text = json_dumps(json_object_get(summary, "roof"), JSON_SORT_KEYS | JSON_REAL_PRECISION(6));

        check_number("sensors", (long long)json_object_size(summary), 3);
        check_text("roof", text, "{\"count\": 3, \"high\": 15.5, \"mean\": 13.6667, \"spread\": 1.31233}");
        free(text);
        json_decref(summary);
    }
    lua_close(lua);
    return finish("report");
}
