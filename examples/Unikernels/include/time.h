/* time: the machine's clock, the calendar, and their text forms. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nanoseconds since boot, from the time-stamp counter. */
uint64_t time_now(void);
void time_sleep(uint64_t nanoseconds); /* spins: there is nobody else to run */
uint64_t time_ticks_per_second(void);

enum { NANOSECOND = 1, MICROSECOND = 1000, MILLISECOND = 1000000, SECOND = 1000000000 };

/* Proleptic Gregorian dates. Days count from 1970-01-01. */
struct date {
    int32_t year;
    uint8_t month, day; /* from 1 */
};
struct date_time {
    struct date date;
    uint8_t hour, minute, second;
    int16_t offset; /* minutes east of UTC */
};

bool is_leap_year(int64_t year);
unsigned days_in_month(int64_t year, unsigned month);
int64_t days_from_date(struct date date);
struct date date_from_days(int64_t days);
unsigned day_of_week(struct date date); /* 0 is Sunday */
unsigned day_of_year(struct date date); /* from 1 */
unsigned iso_week(struct date date, int32_t *year);
struct date easter(int32_t year);
struct date add_months(struct date date, int64_t months);

struct date_time date_time_from_unix(int64_t seconds, int offset_minutes);
int64_t unix_from_date_time(const struct date_time *time);

/* strftime's letters a A b B d e H I j m M p S y Y z Z F T u V G %; returns the length. */
size_t time_format(char *to, size_t size, const char *format, const struct date_time *time);
bool time_parse_iso(const char *text, struct date_time *time);
bool time_parse_http(const char *text, struct date_time *time);
size_t duration_format(char *to, size_t size, uint64_t nanoseconds);

/* Time zones with the rules in force today. */
struct zone;
const struct zone *zone_find(const char *name);
int zone_offset(const struct zone *zone, int64_t unix_seconds); /* minutes east of UTC */
const char *zone_abbreviation(const struct zone *zone, int64_t unix_seconds);
size_t zone_count(void);
const char *zone_name(size_t index);

/* Timers, run by time_run_timers in the order of their deadlines. */
typedef void (*timer_function)(void *context);
struct timer {
    uint64_t deadline;
    timer_function function;
    void *context;
    struct timer *next;
};
void timer_add(struct timer *timer);
bool timer_cancel(struct timer *timer);
unsigned time_run_timers(uint64_t now);

/* Five-field cron expressions: minute, hour, day, month, day of the week. */
struct cron {
    uint64_t minutes;
    uint32_t hours, days, months, weekdays;
    bool any_day, any_weekday;
};
bool cron_parse(const char *text, struct cron *cron);
int64_t cron_next(const struct cron *cron, int64_t unix_seconds); /* -1: never */
