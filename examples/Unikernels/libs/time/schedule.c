/* Things that happen later: timers, and cron expressions. */
#include "nolibc.h"
#include "time.h"

static struct timer *timers; /* sorted by deadline */

void timer_add(struct timer *timer)
{
    struct timer **link = &timers;

    while (*link != NULL && (*link)->deadline <= timer->deadline)
        link = &(*link)->next;
    timer->next = *link;
    *link = timer;
}

bool timer_cancel(struct timer *timer)
{
    for (struct timer **link = &timers; *link != NULL; link = &(*link)->next)
        if (*link == timer) {
            *link = timer->next;
            return true;
        }
    return false;
}

unsigned time_run_timers(uint64_t now)
{
    unsigned count = 0;

    while (timers != NULL && timers->deadline <= now) {
        struct timer *timer = timers;
        timers = timer->next;
        timer->function(timer->context);
        count++;
    }
    return count;
}

static const char *const day_names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
static const char *const month_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};

/* A number, or a name from a list whose first one stands for base. */
static const char *parse_value(const char *at, unsigned *value, const char *const *names,
                               unsigned name_count, unsigned base)
{
    char *end;

    for (unsigned i = 0; i < name_count; i++)
        if (strncasecmp(at, names[i], 3) == 0) {
            *value = i + base;
            return at + 3;
        }
    *value = (unsigned)strtoul(at, &end, 10);
    return end == at ? NULL : end;
}

/* One field: ranges with steps, separated by commas. */
static const char *parse_field(const char *at, unsigned low, unsigned high, uint64_t *bits,
                               const char *const *names, unsigned name_count)
{
    *bits = 0;
    do {
        unsigned first = low, last = high, step = 1;
        char *end;
        if (*at == '*') {
            at++;
        } else {
            at = parse_value(at, &first, names, name_count, low);
            if (at == NULL)
                return NULL;
            last = first;
            if (*at == '-' &&
                (at = parse_value(at + 1, &last, names, name_count, low)) == NULL)
                return NULL;
        }
        if (*at == '/') {
            step = (unsigned)strtoul(at + 1, &end, 10);
            if (end == at + 1 || step == 0)
                return NULL;
            if (last == first)
                last = high;
            at = end;
        }
        if (first < low || last > high || first > last)
            return NULL;
        for (unsigned value = first; value <= last; value += step)
            *bits |= 1ull << value;
    } while (*at++ == ',');
    at--;
    return at + strspn(at, " \t");
}

bool cron_parse(const char *text, struct cron *cron)
{
    uint64_t bits[5];
    static const uint8_t lows[] = {0, 0, 1, 1, 0}, highs[] = {59, 23, 31, 12, 7};

    for (unsigned field = 0; field < 5; field++) {
        const char *const *names = field == 3 ? month_names : day_names;
        unsigned count = field == 3 ? 12 : field == 4 ? 7 : 0;
        if (field == 2)
            cron->any_day = *text == '*';
        if (field == 4)
            cron->any_weekday = *text == '*';
        text = parse_field(text, lows[field], highs[field], &bits[field], names, count);
        if (text == NULL)
            return false;
    }
    cron->minutes = bits[0];
    cron->hours = (uint32_t)bits[1];
    cron->days = (uint32_t)bits[2];
    cron->months = (uint32_t)bits[3];
    cron->weekdays = (uint32_t)(bits[4] | bits[4] >> 7); /* 7 is Sunday as well */
    return *text == '\0';
}

static bool day_matches(const struct cron *cron, struct date date)
{
    bool day = cron->days >> date.day & 1, weekday = cron->weekdays >> day_of_week(date) & 1;

    /* When both are restricted, either is enough. */
    if (!cron->any_day && !cron->any_weekday)
        return day || weekday;
    return day && weekday;
}

int64_t cron_next(const struct cron *cron, int64_t unix_seconds)
{
    int64_t minute = unix_seconds / 60 + 1, day = minute / 1440, limit = day + 366 * 8;
    unsigned from = (unsigned)(minute % 1440);

    for (; day < limit; day++, from = 0) {
        struct date date = date_from_days(day);
        if (!(cron->months >> date.month & 1) || !day_matches(cron, date))
            continue;
        for (unsigned m = from; m < 1440; m++)
            if (cron->hours >> m / 60 & 1 && cron->minutes >> m % 60 & 1)
                return (day * 1440 + m) * 60;
    }
    return -1;
}
