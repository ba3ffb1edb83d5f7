/* Dates. Years begin in March inside, so that the leap day comes last. */
#include "time.h"

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, EPOCH = 719468 };

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

bool is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

unsigned days_in_month(int64_t year, unsigned month)
{
    if (month == 2)
        return is_leap_year(year) ? 29 : 28;
    return 30 + ((month + month / 8) & 1);
}

int64_t days_from_date(struct date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = floor_divide(year, YEARS_PER_ERA), in_era = year - era * YEARS_PER_ERA;
    int64_t march_month = (date.month + 9) % 12;
    int64_t day = (153 * march_month + 2) / 5 + date.day - 1;

    return era * DAYS_PER_ERA + in_era * 365 + in_era / 4 - in_era / 100 + day - EPOCH;
}

struct date date_from_days(int64_t days)
{
    int64_t era = floor_divide(days + EPOCH, DAYS_PER_ERA);
    int64_t rest = days + EPOCH - era * DAYS_PER_ERA;
    int64_t in_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t day = rest - (365 * in_era + in_era / 4 - in_era / 100);
    int64_t march_month = (5 * day + 2) / 153;
    struct date date;

    date.day = (uint8_t)(day - (153 * march_month + 2) / 5 + 1);
    date.month = (uint8_t)(march_month < 10 ? march_month + 3 : march_month - 9);
    date.year = (int32_t)(era * YEARS_PER_ERA + in_era + (date.month <= 2));
    return date;
}

unsigned day_of_week(struct date date)
{
    int64_t days = days_from_date(date) + 4; /* 1970-01-01 was a Thursday */

    return (unsigned)(days - floor_divide(days, 7) * 7);
}

unsigned day_of_year(struct date date)
{
    struct date first = {date.year, 1, 1};

    return (unsigned)(days_from_date(date) - days_from_date(first)) + 1;
}

/* A week belongs to the year that its Thursday is in. */
unsigned iso_week(struct date date, int32_t *year)
{
    unsigned weekday = (day_of_week(date) + 6) % 7;
    struct date thursday = date_from_days(days_from_date(date) - weekday + 3);

    *year = thursday.year;
    return (day_of_year(thursday) - 1) / 7 + 1;
}

/* The Gregorian computus: moon first, then the Sunday after it. */
struct date easter(int32_t year)
{
    int32_t golden = year % 19, century = year / 100;
    int32_t epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    int32_t moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    int32_t sunday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    int32_t offset = moon - sunday;
    int32_t month = 3 + (offset + 40) / 44;

    return (struct date){year, (uint8_t)month, (uint8_t)(offset + 28 - 31 * (month / 4))};
}

struct date add_months(struct date date, int64_t months)
{
    int64_t total = (int64_t)date.year * 12 + date.month - 1 + months;
    struct date result = {(int32_t)floor_divide(total, 12), 0, date.day};
    unsigned last;

    result.month = (uint8_t)(total - (int64_t)result.year * 12 + 1);
    last = days_in_month(result.year, result.month);
    if (result.day > last)
        result.day = (uint8_t)last;
    return result;
}

struct date_time date_time_from_unix(int64_t seconds, int offset_minutes)
{
    int64_t local = seconds + (int64_t)offset_minutes * 60;
    int64_t days = floor_divide(local, 86400), rest = local - days * 86400;

    return (struct date_time){date_from_days(days), (uint8_t)(rest / 3600),
                              (uint8_t)(rest / 60 % 60), (uint8_t)(rest % 60),
                              (int16_t)offset_minutes};
}

int64_t unix_from_date_time(const struct date_time *time)
{
    return days_from_date(time->date) * 86400 + time->hour * 3600 + time->minute * 60 +
           time->second - (int64_t)time->offset * 60;
}
