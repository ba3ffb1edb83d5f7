/* dblog: SQLite and zlib. A log that is kept compressed, read back through SQL functions of our own. */
#include "service.h"

#include <sqlite3.h>
#include <zlib.h>

enum { LINES = 3000, LINES_PER_BLOCK = 250 };

/* zip(text): the text in zlib's format. */
static void sql_zip(sqlite3_context *context, int count, sqlite3_value **values)
{
    const unsigned char *text = sqlite3_value_blob(values[0]);
    uLong size = (uLong)sqlite3_value_bytes(values[0]), room = compressBound(size);
    unsigned char *packed = sqlite3_malloc((int)room);

    (void)count;
    if (packed == NULL || compress(packed, &room, text, size) != Z_OK) {
        sqlite3_free(packed);
        sqlite3_result_error(context, "zip failed", -1);
        return;
    }
    sqlite3_result_blob(context, packed, (int)room, sqlite3_free);
}

/* unzip(blob, size): the text again; an error when it is broken. */
static void sql_unzip(sqlite3_context *context, int count, sqlite3_value **values)
{
    uLong size = (uLong)sqlite3_value_int(values[1]);
    char *text = sqlite3_malloc((int)size + 1);

    (void)count;
    if (text == NULL || uncompress((unsigned char *)text, &size, sqlite3_value_blob(values[0]),
                                   (uLong)sqlite3_value_bytes(values[0])) != Z_OK) {
        sqlite3_free(text);
        sqlite3_result_error(context, "unzip failed", -1);
        return;
    }
    sqlite3_result_text(context, text, (int)size, sqlite3_free);
}

static void sql_crc(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sqlite3_result_int64(context, (sqlite3_int64)crc32(0, sqlite3_value_blob(values[0]),
                                                       (uInt)sqlite3_value_bytes(values[0])));
}

static sqlite3 *open_log(void)
{
    sqlite3 *db;

    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        return NULL;
    sqlite3_create_function(db, "zip", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, sql_zip, NULL, NULL);
    sqlite3_create_function(db, "unzip", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, sql_unzip, NULL, NULL);
    sqlite3_create_function(db, "crc", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, sql_crc, NULL, NULL);
    sqlite3_exec(db, "CREATE TABLE block(id INTEGER PRIMARY KEY, size INTEGER, sum INTEGER, data BLOB);"
                     "CREATE VIEW log AS SELECT id, unzip(data, size) AS text, sum FROM block", NULL, NULL, NULL);
    return db;
}

static bool append_block(sqlite3 *db, const char *text)
{
    sqlite3_stmt *insert;
    bool good = sqlite3_prepare_v2(db, "INSERT INTO block(size, sum, data) VALUES (length(?1), crc(?1), zip(?1))",
                                   -1, &insert, NULL) == SQLITE_OK;

    sqlite3_bind_text(insert, 1, text, -1, SQLITE_TRANSIENT);
    good &= sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_finalize(insert);
    return good;
}

static bool write_log(sqlite3 *db)
{
    static const char *const what[] = {"opened", "read", "written", "closed"};
    char block[LINES_PER_BLOCK * 40];
    unsigned seed = 5;
    bool good = true;

    for (int line = 0; line < LINES;) {
        int used = 0;

        for (int i = 0; i < LINES_PER_BLOCK; i++, line++)
            used += sprintf(block + used, "line %d: file %u %s\n", line, service_random(&seed) % 100,
                            what[service_random(&seed) % 4]);
        good &= append_block(db, block);
    }
    return good;
}

static long long ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *query;
    long long answer = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW)
        answer = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return answer;
}

int main(void)
{
    sqlite3 *db = open_log();

    printf("dblog: a compressed log\n");
    if (!check(db != NULL, "opened"))
        return finish("dblog");
    check(write_log(db), "written");
    check_number("blocks", ask(db, "SELECT count(*) FROM block"), LINES / LINES_PER_BLOCK);
    check(ask(db, "SELECT sum(size) > 4 * sum(length(data)) FROM block") == 1, "a quarter of the size or less");
    check_number("blocks with the right sum", ask(db, "SELECT count(*) FROM log WHERE crc(text) = sum"), 12);
    check_number("line 1234 is in block", ask(db, "SELECT id FROM log WHERE instr(text, 'line 1234:') > 0"), 5);
    sqlite3_exec(db, "UPDATE block SET data = zeroblob(50) WHERE id = 3", NULL, NULL, NULL);
    check_number("a broken block gives", ask(db, "SELECT length(text) FROM log WHERE id = 3"), -1);
    check_number("another one still gives", ask(db, "SELECT length(text) > 0 FROM log WHERE id = 4"), 1);
    check(sqlite3_close(db) == SQLITE_OK, "closed");
    return finish("dblog");
}
