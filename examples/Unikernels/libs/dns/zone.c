/* Zones as text, and answers from them. */
#include "dns.h"
#include "nolibc.h"

enum { MAX_ALIASES = 8 };

static struct dns_record *new_record(struct dns_zone *zone)
{
    if (zone->count == zone->capacity) {
        size_t capacity = zone->capacity == 0 ? 16 : zone->capacity * 2;
        struct dns_record *records = realloc(zone->records, capacity * sizeof *records);
        if (records == NULL)
            return NULL;
        zone->records = records;
        zone->capacity = capacity;
    }
    return &zone->records[zone->count++];
}

/* A name without a dot at its end is inside the zone. */
static void full_name(const struct dns_zone *zone, const char *name, char *to)
{
    size_t length = strlen(name);

    if (strcmp(name, "@") == 0)
        strlcpy(to, zone->origin, DNS_MAX_NAME + 1);
    else if (length > 0 && name[length - 1] == '.')
        strlcpy(to, name, length);
    else
        snprintf(to, DNS_MAX_NAME + 1, "%s.%s", name, zone->origin);
}

static bool good_data(const struct dns_record *record)
{
    uint8_t address[16];

    if (record->type == DNS_A)
        return ipv4_parse(record->data, address);
    if (record->type == DNS_AAAA)
        return ipv6_parse(record->data, address);
    return record->data[0] != '\0';
}

/* The name is the last field of the types that have one. */
static void expand_data(const struct dns_zone *zone, struct dns_record *record, char *data)
{
    char *name = strrchr(data, ' ');

    switch (record->type) {
    case DNS_NS: case DNS_CNAME: case DNS_PTR:
        full_name(zone, data, record->data);
        break;
    case DNS_MX: case DNS_SRV:
        if (name == NULL)
            break;
        *name++ = '\0';
        snprintf(record->data, sizeof record->data, "%s ", data);
        full_name(zone, name, record->data + strlen(record->data));
        break;
    default:
        strlcpy(record->data, data, sizeof record->data);
    }
}

static bool load_line(struct dns_zone *zone, char *line)
{
    char *rest, *name = strtok_r(line, " \t", &rest), *ttl = strtok_r(NULL, " \t", &rest);
    char *type = strtok_r(NULL, " \t", &rest);
    struct dns_record *record;
    int number;

    if (type == NULL || (number = dns_type_by_name(type)) < 0)
        return false;
    record = new_record(zone);
    if (record == NULL)
        return false;
    memset(record, 0, sizeof *record);
    full_name(zone, name, record->name);
    record->ttl = (uint32_t)strtoul(ttl, NULL, 10);
    record->type = (uint16_t)number;
    expand_data(zone, record, rest + strspn(rest, " \t"));
    return good_data(record);
}

static void trim(char *line)
{
    size_t length = strlen(line);

    while (length > 0 && isspace((unsigned char)line[length - 1]))
        length--;
    line[length] = '\0';
}

unsigned dns_zone_load(struct dns_zone *zone, const char *origin, const char *text)
{
    char line[512];

    *zone = (struct dns_zone){0};
    strlcpy(zone->origin, origin, sizeof zone->origin);
    for (unsigned number = 1; *text != '\0'; number++) {
        size_t size = strcspn(text, "\n");
        strlcpy(line, text, size + 1 < sizeof line ? size + 1 : sizeof line);
        line[strcspn(line, ";")] = '\0'; /* a comment */
        trim(line);
        text += size + (text[size] == '\n');
        if (line[strspn(line, " \t")] != '\0' && !load_line(zone, line))
            return number;
    }
    return 0;
}

void dns_zone_free(struct dns_zone *zone)
{
    free(zone->records);
    *zone = (struct dns_zone){0};
}

static bool is_below(const char *name, const char *parent)
{
    size_t length = strlen(name), parent_length = strlen(parent);

    if (length < parent_length || strcasecmp(name + length - parent_length, parent) != 0)
        return false;
    return length == parent_length || name[length - parent_length - 1] == '.';
}

static void add(struct dns_message *m, unsigned *section, const struct dns_record *record,
                const char *name)
{
    unsigned total = m->answers + m->authorities + m->additionals;

    if (total == DNS_MAX_RECORDS) {
        m->truncated = true;
        return;
    }
    m->records[total] = *record;
    strlcpy(m->records[total].name, name, sizeof m->records[total].name);
    ++*section;
}

/* Records that a wildcard stands for are under its own name in the zone. */
static bool answer_name(const struct dns_zone *zone, struct dns_message *m, const char *stored,
                        const char *name, const struct dns_record **alias)
{
    bool exists = false;

    for (size_t i = 0; i < zone->count; i++) {
        const struct dns_record *record = &zone->records[i];
        if (strcasecmp(record->name, stored) != 0)
            continue;
        exists = true;
        if (record->type == m->question_type || m->question_type == DNS_ANY)
            add(m, &m->answers, record, name);
        else if (record->type == DNS_CNAME) {
            add(m, &m->answers, record, name);
            *alias = record;
        }
    }
    return exists;
}

static bool delegate(const struct dns_zone *zone, struct dns_message *m, const char *name)
{
    bool found = false;

    for (size_t i = 0; i < zone->count; i++) {
        const struct dns_record *record = &zone->records[i];
        if (record->type == DNS_NS && strcasecmp(record->name, zone->origin) != 0 &&
            is_below(name, record->name)) {
            add(m, &m->authorities, record, record->name);
            found = true;
        }
    }
    return found;
}

/* Addresses of the hosts that the answers name, so that nobody has to ask again. */
static void add_glue(const struct dns_zone *zone, struct dns_message *m)
{
    unsigned named = m->answers + m->authorities;

    for (unsigned i = 0; i < named; i++) {
        const char *space = strrchr(m->records[i].data, ' ');
        const char *host = space == NULL ? m->records[i].data : space + 1;
        uint16_t type = m->records[i].type;
        if (type != DNS_NS && type != DNS_MX && type != DNS_SRV)
            continue;
        for (size_t k = 0; k < zone->count; k++)
            if ((zone->records[k].type == DNS_A || zone->records[k].type == DNS_AAAA) &&
                strcasecmp(zone->records[k].name, host) == 0)
                add(m, &m->additionals, &zone->records[k], host);
    }
}

static void resolve(const struct dns_zone *zone, struct dns_message *m)
{
    char name[DNS_MAX_NAME + 1], wildcard[DNS_MAX_NAME + 3];
    bool exists = false;

    strlcpy(name, m->question, sizeof name);
    for (unsigned step = 0; step < MAX_ALIASES && is_below(name, zone->origin); step++) {
        const struct dns_record *alias = NULL;
        const char *dot = strchr(name, '.');
        if (delegate(zone, m, name)) {
            m->authoritative = m->answers > 0;
            return;
        }
        exists = answer_name(zone, m, name, name, &alias);
        if (!exists && dot != NULL) {
            snprintf(wildcard, sizeof wildcard, "*%s", dot);
            exists = answer_name(zone, m, wildcard, name, &alias);
        }
        if (alias == NULL)
            break;
        strlcpy(name, alias->data, sizeof name);
    }
    if (!exists && m->answers == 0)
        m->code = DNS_NO_NAME;
    for (size_t i = 0; m->answers == 0 && i < zone->count; i++)
        if (zone->records[i].type == DNS_SOA)
            add(m, &m->authorities, &zone->records[i], zone->records[i].name);
}

int dns_serve(const struct dns_zone *zone, const uint8_t *query, size_t size, uint8_t *to,
              size_t room)
{
    struct dns_message *m = malloc(sizeof *m);
    int result;

    if (m == NULL)
        return -ERROR_NO_MEMORY;
    result = dns_decode(query, size, m);
    m->response = true;
    if (result < 0 || m->question_type == 0) {
        m->code = DNS_FORMAT_ERROR;
    } else if (m->opcode != 0) {
        m->code = DNS_NOT_IMPLEMENTED;
    } else if (!is_below(m->question, zone->origin)) {
        m->code = DNS_REFUSED;
    } else {
        m->authoritative = true;
        resolve(zone, m);
        add_glue(zone, m);
    }
    result = dns_encode(m, to, room);
    if (result < 0) { /* too large for a datagram: the client shall come back by TCP */
        m->answers = m->authorities = m->additionals = 0;
        m->truncated = true;
        result = dns_encode(m, to, room);
    }
    free(m);
    return result;
}
