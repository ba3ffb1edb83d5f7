/* clock: dates, zones, schedules and timers. */
#include "app.h"
#include "time.h"

static void show_dates(void)
{
    struct date_time time = date_time_from_unix(1234567890, 0);
    struct date date;
    int32_t year;
    char text[80];

    console_puts("dates");
    time_format(text, sizeof text, "%A, %d %B %Y %T %Z", &time);
    check_text("1234567890", text, "Friday, 13 February 2009 23:31:30 UTC");
    check_number("and back", unix_from_date_time(&time), 1234567890);
    check(is_leap_year(2000) && !is_leap_year(1900) && is_leap_year(2024), "leap years");
    check_number("days to 1600-01-01", days_from_date((struct date){1600, 1, 1}), -135140);
    date = easter(2024);
    check_number("Easter 2024 (month and day)", date.month * 100 + date.day, 331);
    date = easter(2038);
    check_number("Easter 2038 (month and day)", date.month * 100 + date.day, 425);
    check_number("week of 2027-01-01", iso_week((struct date){2027, 1, 1}, &year), 53);
    check_number("of year", year, 2026);
    date = add_months((struct date){2023, 11, 30}, 3);
    check_number("three months after 30 November", date.month * 100 + date.day, 229);
}

/* Every day of eight centuries must survive the way there and back. */
static void check_round_trip(void)
{
    bool good = true;
    unsigned weekday = day_of_week((struct date){1600, 1, 1});

    for (int64_t day = -135140; day < 157054; day++) {
        struct date date = date_from_days(day);
        good &= days_from_date(date) == day && day_of_week(date) == weekday;
        weekday = (weekday + 1) % 7;
    }
    check(good, "292194 days from 1600 on convert both ways");
}

static void show_zones(void)
{
    static const char *const names[] = {"Europe/Berlin", "America/New_York", "Asia/Kolkata",
                                        "Australia/Sydney", "Pacific/Auckland", "America/St_Johns"};
    static const char *const heads[] = {"zone", "January", "July"};
    static const char *cells[3 * 8];
    static char texts[12][32];
    struct console_table table = {3, 0, 8, cells, heads, 0};

    console_puts("zones");
    for (unsigned i = 0; i < 6; i++) {
        const struct zone *zone = zone_find(names[i]);
        for (unsigned half = 0; half < 2; half++) {
            int64_t moment = half == 0 ? 1705320000 : 1721044800;
            struct date_time time = date_time_from_unix(moment, zone_offset(zone, moment));
            char *text = texts[2 * i + half];
            time_format(text, 24, "%H:%M %z ", &time);
            strlcat(text, zone_abbreviation(zone, moment), 32);
        }
        console_table_row(&table, (const char *[]){names[i], texts[2 * i], texts[2 * i + 1]});
    }
    console_table_print(&table);
    check(zone_find("Mars/Olympus") == NULL, "unknown zones are not found");
    for (size_t i = 1; i < zone_count(); i++)
        if (strcmp(zone_name(i - 1), zone_name(i)) >= 0)
            check(false, zone_name(i));
}

static void show_parsing(void)
{
    struct date_time time;
    char text[32];

    console_puts("parsing");
    check(time_parse_iso("2024-02-29T12:34:56+05:30", &time), "ISO 8601");
    check_number("as seconds", unix_from_date_time(&time), 1709190296);
    check(!time_parse_iso("2023-02-29", &time), "29 February 2023 is refused");
    check(time_parse_http("Sun, 06 Nov 1994 08:49:37 GMT", &time), "HTTP");
    check_number("as seconds", unix_from_date_time(&time), 784111777);
    duration_format(text, sizeof text, 93784ull * SECOND);
    check_text("duration", text, "1d02h03m");
    duration_format(text, sizeof text, 1234567);
    check_text("duration", text, "1.234ms");
}

static void show_cron(void)
{
    static const struct {
        const char *text;
        int64_t next;
    } jobs[] = {
        {"*/15 * * * *", 1700000100}, {"0 9 * * mon-fri", 1700038800},
        {"30 4 1,15 * *", 1700022600}, {"0 0 29 2 *", 1709164800}, {"5 0 * aug sun", 1722729900},
    };

    console_puts("cron");
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        struct cron cron;
        check(cron_parse(jobs[i].text, &cron), jobs[i].text);
        check_number("next", cron_next(&cron, 1700000000), jobs[i].next);
    }
    check(!cron_parse("61 * * * *", &(struct cron){0}), "minute 61 is refused");
}

static char order[8];

static void note(void *context)
{
    strlcat(order, context, sizeof order);
}

static void show_timers(void)
{
    static struct timer timers[] = {
        {30, note, "c", NULL}, {10, note, "a", NULL}, {20, note, "b", NULL}, {15, note, "x", NULL}};
    uint64_t before = time_now();

    console_puts("timers");
    for (unsigned i = 0; i < 4; i++)
        timer_add(&timers[i]);
    check(timer_cancel(&timers[3]), "a timer is cancelled");
    check_number("due at 25", time_run_timers(25), 2);
    check_number("due at 99", time_run_timers(99), 1);
    check_text("order", order, "abc");
    time_sleep(2 * MILLISECOND);
    check(time_now() - before >= 2 * MILLISECOND, "sleeping takes time");
}

static int clock_main(void)
{
    show_dates();
    check_round_trip();
    show_zones();
    show_parsing();
    show_cron();
    show_timers();
    return failures;
}

APP_DESCRIPTOR("clock", clock_main, NULL);
