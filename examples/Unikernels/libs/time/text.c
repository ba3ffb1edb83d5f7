/* Dates and durations as text, and back. */
#include "nolibc.h"
#include "time.h"

static const char *const weekdays[] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};
static const char *const months[] = {
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
};

static void format_one(char *to, size_t size, char letter, const struct date_time *t)
{
    int32_t year;
    unsigned week = iso_week(t->date, &year), weekday = day_of_week(t->date);
    int offset = t->offset < 0 ? -t->offset : t->offset;

    switch (letter) {
    case 'a': snprintf(to, size, "%.3s", weekdays[weekday]); break;
    case 'A': snprintf(to, size, "%s", weekdays[weekday]); break;
    case 'b': snprintf(to, size, "%.3s", months[t->date.month - 1]); break;
    case 'B': snprintf(to, size, "%s", months[t->date.month - 1]); break;
    case 'd': snprintf(to, size, "%02u", t->date.day); break;
    case 'e': snprintf(to, size, "%2u", t->date.day); break;
    case 'F': snprintf(to, size, "%04d-%02u-%02u", t->date.year, t->date.month, t->date.day); break;
    case 'G': snprintf(to, size, "%04d", year); break;
    case 'H': snprintf(to, size, "%02u", t->hour); break;
    case 'I': snprintf(to, size, "%02u", (t->hour + 11) % 12 + 1); break;
    case 'j': snprintf(to, size, "%03u", day_of_year(t->date)); break;
    case 'm': snprintf(to, size, "%02u", t->date.month); break;
    case 'M': snprintf(to, size, "%02u", t->minute); break;
    case 'p': snprintf(to, size, "%s", t->hour < 12 ? "AM" : "PM"); break;
    case 'S': snprintf(to, size, "%02u", t->second); break;
    case 'T': snprintf(to, size, "%02u:%02u:%02u", t->hour, t->minute, t->second); break;
    case 'u': snprintf(to, size, "%u", (weekday + 6) % 7 + 1); break;
    case 'V': snprintf(to, size, "%02u", week); break;
    case 'y': snprintf(to, size, "%02d", t->date.year % 100); break;
    case 'Y': snprintf(to, size, "%04d", t->date.year); break;
    case 'z': snprintf(to, size, "%c%02d%02d", t->offset < 0 ? '-' : '+', offset / 60, offset % 60); break;
    case 'Z': snprintf(to, size, "%s", t->offset == 0 ? "UTC" : ""); break;
    default: snprintf(to, size, "%c", letter); break;
    }
}

size_t time_format(char *to, size_t size, const char *format, const struct date_time *time)
{
    size_t length = 0;

    if (size == 0)
        return 0;
    for (; *format != '\0'; format++) {
        char part[24] = {*format};
        if (*format == '%' && format[1] != '\0')
            format_one(part, sizeof part, *++format, time);
        length += strlcpy(to + length, part, size - length);
        if (length >= size)
            return size - 1;
    }
    to[length] = '\0';
    return length;
}

static bool in_range(const struct date_time *t)
{
    return t->date.month >= 1 && t->date.month <= 12 && t->date.day >= 1 &&
           t->date.day <= days_in_month(t->date.year, t->date.month) && t->hour < 24 &&
           t->minute < 60 && t->second <= 60;
}

bool time_parse_iso(const char *text, struct date_time *time)
{
    unsigned zone_hours = 0, zone_minutes = 0, fields[6] = {0};
    const char *zone;
    char mark;

    *time = (struct date_time){0};
    if (sscanf(text, "%4u-%2u-%2u%c%2u:%2u:%2u", &fields[0], &fields[1], &fields[2], &mark,
               &fields[3], &fields[4], &fields[5]) < 3)
        return false;
    time->date = (struct date){(int32_t)fields[0], (uint8_t)fields[1], (uint8_t)fields[2]};
    time->hour = (uint8_t)fields[3];
    time->minute = (uint8_t)fields[4];
    time->second = (uint8_t)fields[5];
    zone = strlen(text) > 11 ? strpbrk(text + 11, "+-") : NULL;
    if (zone != NULL) {
        if (sscanf(zone + 1, "%2u:%2u", &zone_hours, &zone_minutes) < 2)
            return false;
        time->offset = (int16_t)(zone_hours * 60 + zone_minutes);
        if (*zone == '-')
            time->offset = (int16_t)-time->offset;
    }
    return in_range(time);
}

bool time_parse_http(const char *text, struct date_time *time)
{
    char month[8];
    unsigned day, year, hour, minute, second;

    *time = (struct date_time){0};
    text = strchr(text, ',');
    if (text == NULL || sscanf(text, ", %u %3s %u %u:%u:%u", &day, month, &year, &hour,
                               &minute, &second) != 6)
        return false;
    for (unsigned i = 0; i < 12; i++)
        if (strncasecmp(month, months[i], 3) == 0)
            time->date = (struct date){(int32_t)year, (uint8_t)(i + 1), (uint8_t)day};
    time->hour = (uint8_t)hour;
    time->minute = (uint8_t)minute;
    time->second = (uint8_t)second;
    return in_range(time);
}

size_t duration_format(char *to, size_t size, uint64_t nanoseconds)
{
    uint64_t seconds = nanoseconds / SECOND;

    if (nanoseconds < MICROSECOND)
        return (size_t)snprintf(to, size, "%luns", nanoseconds);
    if (nanoseconds < MILLISECOND)
        return (size_t)snprintf(to, size, "%lu.%03luus", nanoseconds / MICROSECOND,
                                nanoseconds % MICROSECOND);
    if (seconds == 0)
        return (size_t)snprintf(to, size, "%lu.%03lums", nanoseconds / MILLISECOND,
                                nanoseconds / MICROSECOND % 1000);
    if (seconds < 60)
        return (size_t)snprintf(to, size, "%lu.%03lus", seconds,
                                nanoseconds / MILLISECOND % 1000);
    if (seconds < 86400)
        return (size_t)snprintf(to, size, "%luh%02lum%02lus", seconds / 3600,
                                seconds / 60 % 60, seconds % 60);
    return (size_t)snprintf(to, size, "%lud%02luh%02lum", seconds / 86400,
                            seconds / 3600 % 24, seconds / 60 % 60);
}
