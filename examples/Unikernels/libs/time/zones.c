/* Time zones, with the rules that are in force today. */
#include "nolibc.h"
#include "time.h"

/* When daylight saving begins and ends. Weeks count from 1; 5 is the last one. */
struct rule {
    uint8_t start_month, start_week, end_month, end_week;
    int16_t start_minute, end_minute;
    bool in_utc; /* minutes are UTC and not standard or daylight time */
};

enum { NONE, EUROPE, AMERICA, AUSTRALIA, ZEALAND, CHILE };

static const struct rule rules[] = {
    [EUROPE] = {3, 5, 10, 5, 60, 60, true},
    [AMERICA] = {3, 2, 11, 1, 120, 120, false},
    [AUSTRALIA] = {10, 1, 4, 1, 120, 180, false},
    [ZEALAND] = {9, 5, 4, 1, 120, 180, false},
    [CHILE] = {9, 1, 4, 1, 240, 180, true},
};

struct zone {
    const char *name;
    int16_t offset;
    uint8_t rule;
    char standard[6], daylight[6];
};

static const struct zone zones[] = {
    {"Africa/Cairo", 120, NONE, "EET", ""}, {"Africa/Johannesburg", 120, NONE, "SAST", ""},
    {"Africa/Lagos", 60, NONE, "WAT", ""}, {"Africa/Nairobi", 180, NONE, "EAT", ""},
    {"America/Anchorage", -540, AMERICA, "AKST", "AKDT"},
    {"America/Argentina/Buenos_Aires", -180, NONE, "-03", ""},
    {"America/Bogota", -300, NONE, "-05", ""}, {"America/Caracas", -240, NONE, "-04", ""},
    {"America/Chicago", -360, AMERICA, "CST", "CDT"},
    {"America/Denver", -420, AMERICA, "MST", "MDT"},
    {"America/Halifax", -240, AMERICA, "AST", "ADT"},
    {"America/Lima", -300, NONE, "-05", ""},
    {"America/Los_Angeles", -480, AMERICA, "PST", "PDT"},
    {"America/Mexico_City", -360, NONE, "CST", ""},
    {"America/New_York", -300, AMERICA, "EST", "EDT"},
    {"America/Phoenix", -420, NONE, "MST", ""},
    {"America/Santiago", -240, CHILE, "-04", "-03"},
    {"America/Sao_Paulo", -180, NONE, "-03", ""},
    {"America/St_Johns", -210, AMERICA, "NST", "NDT"},
    {"America/Toronto", -300, AMERICA, "EST", "EDT"},
    {"America/Vancouver", -480, AMERICA, "PST", "PDT"},
    {"Asia/Bangkok", 420, NONE, "+07", ""}, {"Asia/Dhaka", 360, NONE, "+06", ""},
    {"Asia/Dubai", 240, NONE, "+04", ""}, {"Asia/Hong_Kong", 480, NONE, "HKT", ""},
    {"Asia/Jakarta", 420, NONE, "WIB", ""}, {"Asia/Kabul", 270, NONE, "+0430", ""},
    {"Asia/Karachi", 300, NONE, "PKT", ""}, {"Asia/Kathmandu", 345, NONE, "+0545", ""},
    {"Asia/Kolkata", 330, NONE, "IST", ""}, {"Asia/Manila", 480, NONE, "PST", ""},
    {"Asia/Seoul", 540, NONE, "KST", ""}, {"Asia/Shanghai", 480, NONE, "CST", ""},
    {"Asia/Singapore", 480, NONE, "+08", ""}, {"Asia/Taipei", 480, NONE, "CST", ""},
    {"Asia/Tashkent", 300, NONE, "+05", ""}, {"Asia/Tokyo", 540, NONE, "JST", ""},
    {"Asia/Yangon", 390, NONE, "+0630", ""},
    {"Atlantic/Azores", -60, EUROPE, "-01", "+00"},
    {"Atlantic/Reykjavik", 0, NONE, "GMT", ""},
    {"Australia/Adelaide", 570, AUSTRALIA, "ACST", "ACDT"},
    {"Australia/Brisbane", 600, NONE, "AEST", ""},
    {"Australia/Darwin", 570, NONE, "ACST", ""},
    {"Australia/Melbourne", 600, AUSTRALIA, "AEST", "AEDT"},
    {"Australia/Perth", 480, NONE, "AWST", ""},
    {"Australia/Sydney", 600, AUSTRALIA, "AEST", "AEDT"},
    {"Europe/Amsterdam", 60, EUROPE, "CET", "CEST"},
    {"Europe/Athens", 120, EUROPE, "EET", "EEST"},
    {"Europe/Berlin", 60, EUROPE, "CET", "CEST"},
    {"Europe/Brussels", 60, EUROPE, "CET", "CEST"},
    {"Europe/Bucharest", 120, EUROPE, "EET", "EEST"},
    {"Europe/Budapest", 60, EUROPE, "CET", "CEST"},
    {"Europe/Dublin", 0, EUROPE, "GMT", "IST"},
    {"Europe/Helsinki", 120, EUROPE, "EET", "EEST"},
    {"Europe/Istanbul", 180, NONE, "+03", ""},
    {"Europe/Kyiv", 120, EUROPE, "EET", "EEST"},
    {"Europe/Lisbon", 0, EUROPE, "WET", "WEST"},
    {"Europe/London", 0, EUROPE, "GMT", "BST"},
    {"Europe/Madrid", 60, EUROPE, "CET", "CEST"},
    {"Europe/Oslo", 60, EUROPE, "CET", "CEST"},
    {"Europe/Paris", 60, EUROPE, "CET", "CEST"},
    {"Europe/Prague", 60, EUROPE, "CET", "CEST"},
    {"Europe/Rome", 60, EUROPE, "CET", "CEST"},
    {"Europe/Stockholm", 60, EUROPE, "CET", "CEST"},
    {"Europe/Vienna", 60, EUROPE, "CET", "CEST"},
    {"Europe/Warsaw", 60, EUROPE, "CET", "CEST"},
    {"Europe/Zurich", 60, EUROPE, "CET", "CEST"},
    {"Pacific/Auckland", 720, ZEALAND, "NZST", "NZDT"},
    {"Pacific/Fiji", 720, NONE, "+12", ""}, {"Pacific/Honolulu", -600, NONE, "HST", ""},
    {"Pacific/Tongatapu", 780, NONE, "+13", ""}, {"UTC", 0, NONE, "UTC", ""},
};

size_t zone_count(void)
{
    return sizeof zones / sizeof zones[0];
}

const char *zone_name(size_t index)
{
    return zones[index].name;
}

static int by_name(const void *name, const void *zone)
{
    return strcmp(name, ((const struct zone *)zone)->name);
}

const struct zone *zone_find(const char *name)
{
    return bsearch(name, zones, zone_count(), sizeof zones[0], by_name);
}

/* Days of the n-th or last Sunday of a month. */
static int64_t sunday(int32_t year, unsigned month, unsigned week)
{
    struct date first = {year, (uint8_t)month, 1};
    int64_t day = (7 - day_of_week(first)) % 7 + 7 * (week - 1);

    while (day >= days_in_month(year, month))
        day -= 7;
    return days_from_date(first) + day;
}

static bool is_daylight(const struct zone *zone, int64_t seconds)
{
    const struct rule *rule = &rules[zone->rule];
    int32_t year = date_time_from_unix(seconds, zone->offset).date.year;
    int64_t start, end, utc = rule->in_utc ? 0 : zone->offset;

    if (zone->rule == NONE)
        return false;
    start = sunday(year, rule->start_month, rule->start_week) * 86400 +
            (rule->start_minute - utc) * 60;
    end = sunday(year, rule->end_month, rule->end_week) * 86400 +
          (rule->end_minute - utc - (rule->in_utc ? 0 : 60)) * 60;
    /* In the south, summer spans the end of the year. */
    if (start < end)
        return seconds >= start && seconds < end;
    return seconds >= start || seconds < end;
}

int zone_offset(const struct zone *zone, int64_t unix_seconds)
{
    return zone->offset + (is_daylight(zone, unix_seconds) ? 60 : 0);
}

const char *zone_abbreviation(const struct zone *zone, int64_t unix_seconds)
{
    return is_daylight(zone, unix_seconds) ? zone->daylight : zone->standard;
}
