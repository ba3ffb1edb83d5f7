/* Messages to bytes. A name that was written before becomes a pointer to it. */
#include "dns_internal.h"
#include "nolibc.h"

enum { POINTER = 0xc000, MAX_NAMES = 40 };

struct writer {
    uint8_t *start, *at, *end;
    bool overflow;
    unsigned name_count;
    uint16_t names[MAX_NAMES]; /* offsets at which names begin */
};

static void put8(struct writer *w, unsigned value)
{
    if (w->at == w->end)
        w->overflow = true;
    else
        *w->at++ = (uint8_t)value;
}

static void put16(struct writer *w, unsigned value)
{
    put8(w, value >> 8);
    put8(w, value & 0xff);
}

static void put32(struct writer *w, uint32_t value)
{
    put16(w, value >> 16);
    put16(w, value & 0xffff);
}

/* Where this name was written before; 0 if it was not. */
static unsigned find_name(const struct writer *w, const char *name)
{
    struct dns_reader r = {w->start, w->start, w->at, false};
    char other[DNS_MAX_NAME + 1];

    for (unsigned i = 0; i < w->name_count; i++) {
        dns_read_name(&r, w->start + w->names[i], other);
        if (strcasecmp(name, other) == 0)
            return w->names[i];
    }
    return 0;
}

static void put_name(struct writer *w, const char *name)
{
    while (*name != '\0') {
        size_t size = strcspn(name, ".");
        unsigned before = find_name(w, name);
        if (before != 0) {
            put16(w, POINTER | before);
            return;
        }
        if (size == 0 || size > 63) {
            w->overflow = true;
            return;
        }
        if (w->name_count < MAX_NAMES && w->at - w->start < POINTER >> 2)
            w->names[w->name_count++] = (uint16_t)(w->at - w->start);
        put8(w, (unsigned)size);
        for (size_t i = 0; i < size; i++)
            put8(w, (unsigned char)name[i]);
        name += size + (name[size] == '.');
    }
    put8(w, 0);
}

static const char *next_field(const char *data, char *field, size_t room)
{
    size_t size;

    data += strspn(data, " ");
    size = strcspn(data, " ");
    strlcpy(field, data, size + 1 < room ? size + 1 : room);
    return data + size;
}

static void put_text(struct writer *w, const char *text)
{
    size_t size = strlen(text) < 255 ? strlen(text) : 255;

    put8(w, (unsigned)size);
    for (size_t i = 0; i < size; i++)
        put8(w, (unsigned char)text[i]);
}

static void put_data(struct writer *w, const struct dns_record *record)
{
    char field[DNS_MAX_NAME + 1];
    const char *data = record->data;
    uint8_t address[16] = {0};
    unsigned numbers = record->type == DNS_MX ? 1 : record->type == DNS_SRV ? 3 : 0;

    switch (record->type) {
    case DNS_A:
        ipv4_parse(data, address);
        for (unsigned i = 0; i < 4; i++)
            put8(w, address[i]);
        break;
    case DNS_AAAA:
        ipv6_parse(data, address);
        for (unsigned i = 0; i < 16; i++)
            put8(w, address[i]);
        break;
    case DNS_TXT:
        put_text(w, data);
        break;
    case DNS_SOA:
        data = next_field(data, field, sizeof field);
        put_name(w, field);
        data = next_field(data, field, sizeof field);
        put_name(w, field);
        for (unsigned i = 0; i < 5; i++) {
            data = next_field(data, field, sizeof field);
            put32(w, (uint32_t)strtoul(field, NULL, 10));
        }
        break;
    default:
        for (; numbers > 0; numbers--) {
            data = next_field(data, field, sizeof field);
            put16(w, (unsigned)strtoul(field, NULL, 10));
        }
        next_field(data, field, sizeof field);
        put_name(w, field);
    }
}

static void put_record(struct writer *w, const struct dns_record *record)
{
    uint8_t *length;

    put_name(w, record->name);
    put16(w, record->type);
    put16(w, DNS_CLASS_IN);
    put32(w, record->ttl);
    length = w->at;
    put16(w, 0);
    put_data(w, record);
    if (!w->overflow) {
        size_t size = (size_t)(w->at - length) - 2;
        length[0] = (uint8_t)(size >> 8);
        length[1] = (uint8_t)size;
    }
}

int dns_encode(const struct dns_message *m, uint8_t *to, size_t room)
{
    struct writer w = {to, to, to + room, false, 0, {0}};

    put16(&w, m->id);
    put8(&w, (unsigned)(m->response << 7 | m->opcode << 3 | m->authoritative << 2 |
                        m->truncated << 1 | m->recursion_desired));
    put8(&w, (unsigned)(m->recursion_available << 7 | m->code));
    put16(&w, m->question[0] != '\0' || m->question_type != 0);
    put16(&w, m->answers);
    put16(&w, m->authorities);
    put16(&w, m->additionals);
    if (m->question[0] != '\0' || m->question_type != 0) {
        put_name(&w, m->question);
        put16(&w, m->question_type);
        put16(&w, DNS_CLASS_IN);
    }
    for (unsigned i = 0; i < m->answers + m->authorities + m->additionals; i++)
        put_record(&w, &m->records[i]);
    return w.overflow ? -ERROR_TOO_LARGE : (int)(w.at - to);
}

int dns_query(uint16_t id, const char *name, uint16_t type, uint8_t *to, size_t room)
{
    struct dns_message *m = calloc(1, sizeof *m);
    int size;

    if (m == NULL)
        return -ERROR_NO_MEMORY;
    m->id = id;
    m->recursion_desired = true;
    m->question_type = type;
    strlcpy(m->question, name, sizeof m->question);
    size = dns_encode(m, to, room);
    free(m);
    return size;
}
