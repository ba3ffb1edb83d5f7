/* Local times in ZONE for moments in UTC, and when the next job of CRON is due. */
#include "lambda.h"
#include "nolibc.h"
#include "time.h"

static int local_time(const struct lambda_request *request, struct lambda_response *response)
{
    const char *text = json_text(json_get(request->event, "utc"), "");
    const struct zone *zone = zone_find(ZONE);
    struct date_time time;
    struct cron cron;
    int64_t moment, next;
    char line[64];

    if (zone == NULL || !cron_parse(CRON, &cron))
        return ERROR_INTERNAL;
    if (!time_parse_iso(text, &time))
        return lambda_problem(request, response, 422, "utc must look like 2024-05-17T12:00:00");
    moment = unix_from_date_time(&time);
    time = date_time_from_unix(moment, zone_offset(zone, moment));
    time_format(line, sizeof line, "%A %F %T %z, week %V", &time);
    response->body = lambda_object(request);
    lambda_set_text(request, response->body, "local", line);
    lambda_set_text(request, response->body, "zone", zone_abbreviation(zone, moment));
    next = cron_next(&cron, moment);
    time = date_time_from_unix(next, zone_offset(zone, next));
    time_format(line, sizeof line, "%a %d %b %Y %H:%M", &time);
    lambda_set_text(request, response->body, "next", line);
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"utc\": \"2024-01-15T12:00:00\"}", 200},
    {"{\"utc\": \"2024-07-15T23:30:00\"}", 200},
    {"{\"utc\": \"2024-03-31T01:00:00\"}", 200},
    {"{\"utc\": \"2023-02-29T01:00:00\"}", 422},
};

LAMBDA(NAME, local_time, events);
