/* db: SQLite in memory. Tables, joins, windows, recursion, transactions and constraints. */
#include "service.h"

#include <sqlite3.h>

static sqlite3 *open_memory(void)
{
    sqlite3 *db;

    return sqlite3_open(":memory:", &db) == SQLITE_OK ? db : NULL;
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The first value of the first row, copied; good until the next call. */
static const char *ask(sqlite3 *db, const char *sql)
{
    static char answer[200];
    sqlite3_stmt *query;

    strcpy(answer, "(none)");
    if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW)
        snprintf(answer, sizeof answer, "%s", (const char *)sqlite3_column_text(query, 0));
    sqlite3_finalize(query);
    return answer;
}

static void fill(sqlite3 *db)
{
    sqlite3_stmt *insert;
    unsigned seed = 3;
    bool good = run(db, "CREATE TABLE host(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);"
                        "CREATE TABLE load(host REFERENCES host, hour INTEGER, value REAL CHECK(value >= 0));"
                        "CREATE INDEX load_by_host ON load(host, hour);"
                        "INSERT INTO host(name) VALUES ('ash'), ('beech'), ('cedar'), ('dogwood'); BEGIN");

    good &= sqlite3_prepare_v2(db, "INSERT INTO load VALUES (?, ?, ?)", -1, &insert, NULL) == SQLITE_OK;
    for (int i = 0; i < 4 * 24; i++) {
        sqlite3_bind_int(insert, 1, i / 24 + 1);
        sqlite3_bind_int(insert, 2, i % 24);
        sqlite3_bind_double(insert, 3, service_random(&seed) % 400 / 4.0);
        good &= sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    sqlite3_finalize(insert);
    check(good && run(db, "COMMIT"), "tables are filled");
}

static int print_row(void *unused, int count, char **values, char **names)
{
    (void)unused, (void)names;
    for (int i = 0; i < count; i++)
        printf("%s%s", i == 0 ? "  " : " | ", values[i]);
    printf("\n");
    return 0;
}

static void show_queries(sqlite3 *db)
{
    check_text("rows", ask(db, "SELECT count(*) FROM load"), "96");
    sqlite3_exec(db,
                 "SELECT name, printf('%.2f', avg(value)), max(value) FROM load JOIN host ON host = id"
                 " GROUP BY name ORDER BY name", print_row, NULL, NULL);
    check_text("days in rows of running sums", ask(db,
               "SELECT count(*) FROM (SELECT sum(value) OVER (PARTITION BY host ORDER BY hour) AS s,"
               " sum(value) OVER (PARTITION BY host ORDER BY hour ROWS UNBOUNDED PRECEDING) AS t FROM load)"
               " WHERE s = t"), "96");
    check_text("primes below 50", ask(db,
               "WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x < 49)"
               " SELECT group_concat(x, ' ') FROM n WHERE NOT EXISTS"
               " (SELECT 1 FROM n AS d WHERE d.x * d.x <= n.x AND n.x % d.x = 0)"),
               "2 3 5 7 11 13 17 19 23 29 31 37 41 43 47");
    check_text("json", ask(db, "SELECT json_extract('{\"a\":[10,20,{\"b\":30}]}', '$.a[2].b')"), "30");
    check(strstr(ask(db, "SELECT group_concat(detail) FROM (SELECT 1)"), "none") != NULL, "a wrong column is refused");
}

static void check_transactions(sqlite3 *db)
{
    run(db, "BEGIN; DELETE FROM load; SAVEPOINT s; DELETE FROM host; ROLLBACK TO s");
    check_text("inside", ask(db, "SELECT (SELECT count(*) FROM load) || ',' || (SELECT count(*) FROM host)"), "0,4");
    run(db, "ROLLBACK");
    check_text("after", ask(db, "SELECT (SELECT count(*) FROM load) || ',' || (SELECT count(*) FROM host)"), "96,4");
    check(!run(db, "INSERT INTO host(name) VALUES ('ash')"), "names are unique");
    check_text("it says", sqlite3_errmsg(db), "UNIQUE constraint failed: host.name");
    check(!run(db, "INSERT INTO load VALUES (1, 1, -1)"), "loads are not negative");
    check_text("integrity", ask(db, "PRAGMA integrity_check"), "ok");
}

int main(void)
{
    sqlite3 *db = open_memory();

    printf("db: a database in memory\n");
    if (check(db != NULL, "opened")) {
        fill(db);
        show_queries(db);
        check_transactions(db);
        check(sqlite3_close(db) == SQLITE_OK, "closed");
    }
    return finish("db");
}
