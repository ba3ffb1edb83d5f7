/* Functions that ask a database. */
#include "steps.h"

#include <sqlite3.h>

static int store(sqlite3 *db, const json_t *event)
{
    sqlite3_stmt *insert;
    int bad = sqlite3_prepare_v2(db, "INSERT INTO number VALUES (?)", -1, &insert, NULL) != SQLITE_OK;
    size_t i;
    json_t *value;

    json_array_foreach(json_object_get(event, "numbers"), i, value) {
        sqlite3_bind_int64(insert, 1, json_integer_value(value));
        bad |= sqlite3_step(insert) != SQLITE_DONE;
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return bad;
}

static int handle(const json_t *event, json_t *answer)
{
    char text[STEP_SIZE];
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    int bad = sqlite3_open(":memory:", &db) != SQLITE_OK
        || sqlite3_exec(db, "CREATE TABLE number(value INTEGER)", NULL, NULL, NULL) != SQLITE_OK
        || store(db, event) != 0
        || sqlite3_prepare_v2(db, "SELECT count(*), sum(value), max(value) FROM number", -1, &query, NULL) != SQLITE_OK
        || sqlite3_step(query) != SQLITE_ROW;

    if (!bad) {
        json_object_set_new(answer, "count", json_integer(sqlite3_column_int64(query, 0)));
        json_object_set_new(answer, "sum", json_integer(sqlite3_column_int64(query, 1)));
        json_object_set_new(answer, "max", json_integer(sqlite3_column_int64(query, 2)));
        json_object_set_new(answer, "text", json_string(apply_steps(event, text)));
    }
    sqlite3_finalize(query);
    sqlite3_close(db);
    return bad;
}

int main(void)
{
    return lambda_run(NAME, handle);
}
