/* scriptdb: Lua and SQLite. A script works on a database, and SQL calls functions of the script. */
#include "service.h"

#include <lua5.4/lauxlib.h>
#include <lua5.4/lualib.h>
#include <sqlite3.h>

static sqlite3 *db;

static void push_value(lua_State *lua, sqlite3_stmt *query, int column)
{
    switch (sqlite3_column_type(query, column)) {
    case SQLITE_INTEGER: lua_pushinteger(lua, sqlite3_column_int64(query, column)); break;
    case SQLITE_FLOAT: lua_pushnumber(lua, sqlite3_column_double(query, column)); break;
    case SQLITE_NULL: lua_pushnil(lua); break;
    default: lua_pushstring(lua, (const char *)sqlite3_column_text(query, column)); break;
    }
}

static void bind_values(lua_State *lua, sqlite3_stmt *query)
{
    for (int i = 2; i <= lua_gettop(lua); i++) {
        if (lua_isinteger(lua, i))
            sqlite3_bind_int64(query, i - 1, lua_tointeger(lua, i));
        else if (lua_type(lua, i) == LUA_TNUMBER)
            sqlite3_bind_double(query, i - 1, lua_tonumber(lua, i));
        else
            sqlite3_bind_text(query, i - 1, luaL_checkstring(lua, i), -1, SQLITE_TRANSIENT);
    }
}

/* sql(text, ...): the rows as a list of lists; an SQL error is a Lua error. */
static int lua_sql(lua_State *lua)
{
    sqlite3_stmt *query;
    int state;

    if (sqlite3_prepare_v2(db, luaL_checkstring(lua, 1), -1, &query, NULL) != SQLITE_OK)
        return luaL_error(lua, "%s", sqlite3_errmsg(db));
    bind_values(lua, query);
    lua_newtable(lua);
    for (int row = 1; (state = sqlite3_step(query)) == SQLITE_ROW; row++) {
        lua_newtable(lua);
        for (int i = 0; i < sqlite3_column_count(query); i++) {
            push_value(lua, query, i);
            lua_rawseti(lua, -2, i + 1);
        }
        lua_rawseti(lua, -2, row);
    }
    sqlite3_finalize(query);
    return state == SQLITE_DONE ? 1 : luaL_error(lua, "%s", sqlite3_errmsg(db));
}

/* lua(text): what the function `transform` of the script makes of it. */
static void call_lua(sqlite3_context *context, int count, sqlite3_value **values)
{
    lua_State *lua = sqlite3_user_data(context);

    (void)count;
    lua_getglobal(lua, "transform");
    lua_pushstring(lua, (const char *)sqlite3_value_text(values[0]));
    if (lua_pcall(lua, 1, 1, 0) == LUA_OK)
        sqlite3_result_text(context, lua_tostring(lua, -1), -1, SQLITE_TRANSIENT);
    else
        sqlite3_result_error(context, lua_tostring(lua, -1), -1);
    lua_pop(lua, 1);
}

static const char program[] =
    "function transform(s) return s:reverse():upper() end\n"
    "sql 'CREATE TABLE stock(item TEXT PRIMARY KEY, amount INTEGER, price REAL)'\n"
    "for i, name in ipairs{'bolt', 'cable', 'drill', 'engine'} do\n"
    "  sql('INSERT INTO stock VALUES (?, ?, ?)', name, i * 10, i * 2.5)\n"
    "end\n"
    "local lines = {}\n"
    "for _, row in ipairs(sql 'SELECT lua(item), amount * price FROM stock ORDER BY amount DESC') do\n"
    "  lines[#lines + 1] = ('%s=%.1f'):format(row[1], row[2])\n"
    "end\n"
    "report = table.concat(lines, ' ')\n"
    "worth = sql('SELECT sum(amount * price) FROM stock WHERE item <> ?', 'cable')[1][1]\n"
    "refused, reason = pcall(sql, 'INSERT INTO stock(item) VALUES (?)', 'bolt')\n"
    "_, typo = pcall(sql, 'SELEC 1')\n";

static const char *global(lua_State *lua, const char *name)
{
    lua_getglobal(lua, name);
    return luaL_tolstring(lua, -1, NULL);
}

int main(void)
{
    lua_State *lua = luaL_newstate();

    printf("scriptdb: a script and a database\n");
    if (!check(lua != NULL && sqlite3_open(":memory:", &db) == SQLITE_OK, "started"))
        return finish("scriptdb");
    luaL_openlibs(lua);
    lua_register(lua, "sql", lua_sql);
    sqlite3_create_function(db, "lua", 1, SQLITE_UTF8, lua, call_lua, NULL, NULL);
    if (!check(luaL_dostring(lua, program) == LUA_OK, "the script ran"))
        printf("  %s\n", lua_tostring(lua, -1));
    check_text("report", global(lua, "report"), "ENIGNE=400.0 LLIRD=225.0 ELBAC=100.0 TLOB=25.0");
    check_text("worth", global(lua, "worth"), "650.0");
    check_text("refused", global(lua, "refused"), "false");
    check_text("reason", global(lua, "reason"), "UNIQUE constraint failed: stock.item");
    check_text("typo", global(lua, "typo"), "near \"SELEC\": syntax error");
    lua_close(lua);
    check(sqlite3_close(db) == SQLITE_OK, "closed");
    return finish("scriptdb");
}
