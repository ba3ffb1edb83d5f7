/* Bytes to messages. Nothing in them is trusted. */
#include "dns_internal.h"
#include "nolibc.h"

static unsigned get8(struct dns_reader *r)
{
    if (r->at >= r->end) {
        r->bad = true;
        return 0;
    }
    return *r->at++;
}

static unsigned get16(struct dns_reader *r)
{
    unsigned high = get8(r);

    return high << 8 | get8(r);
}

static uint32_t get32(struct dns_reader *r)
{
    uint32_t high = get16(r);

    return high << 16 | get16(r);
}

/* Labels from at on, following pointers, but only backwards: so it always ends. */
const uint8_t *dns_read_name(struct dns_reader *r, const uint8_t *at, char *name)
{
    const uint8_t *after = NULL, *limit = at;
    size_t length = 0;

    while (at < r->end && *at != 0) {
        unsigned size = *at;
        if ((size & 0xc0) == 0xc0) {
            if (at + 1 >= r->end)
                break;
            if (after == NULL)
                after = at + 2;
            at = r->start + ((size & 0x3f) << 8 | at[1]);
            if (at >= limit)
                break;
            limit = at;
            continue;
        }
        if (size > 63 || at + 1 + size > r->end || length + size + 1 > DNS_MAX_NAME)
            break;
        if (length > 0)
            name[length++] = '.';
        for (unsigned i = 1; i <= size; i++)
            name[length++] = (char)tolower(at[i]);
        at += size + 1;
    }
    if (at >= r->end || *at != 0) {
        r->bad = true;
        length = 0;
    }
    name[length] = '\0';
    return after != NULL ? after : at + 1;
}

static void get_name(struct dns_reader *r, char *name)
{
    r->at = dns_read_name(r, r->at, name);
}

static void get_data(struct dns_reader *r, struct dns_record *record, size_t size)
{
    const uint8_t *end = r->at + size;
    char name[DNS_MAX_NAME + 1], more[DNS_MAX_NAME + 1];
    uint32_t n[5];

    switch (record->type) {
    case DNS_A:
        if (size == 4)
            ipv4_format(r->at, record->data);
        break;
    case DNS_AAAA:
        if (size == 16)
            ipv6_format(r->at, record->data);
        break;
    case DNS_TXT:
        if (size > 0 && (size_t)*r->at + 1 <= size)
            strlcpy(record->data, (const char *)r->at + 1, (size_t)*r->at + 1);
        break;
    case DNS_MX:
        n[0] = get16(r);
        get_name(r, name);
        snprintf(record->data, sizeof record->data, "%u %s", n[0], name);
        break;
    case DNS_SRV:
        for (unsigned i = 0; i < 3; i++)
            n[i] = get16(r);
        get_name(r, name);
        snprintf(record->data, sizeof record->data, "%u %u %u %s", n[0], n[1], n[2], name);
        break;
    case DNS_SOA:
        get_name(r, name);
        get_name(r, more);
        for (unsigned i = 0; i < 5; i++)
            n[i] = get32(r);
        snprintf(record->data, sizeof record->data, "%s %s %u %u %u %u %u", name, more, n[0], n[1],
                 n[2], n[3], n[4]);
        break;
    case DNS_NS: case DNS_CNAME: case DNS_PTR:
        get_name(r, record->data);
        break;
    default:
        snprintf(record->data, sizeof record->data, "%zu bytes", size);
    }
    r->at = end;
}

static void get_record(struct dns_reader *r, struct dns_record *record)
{
    size_t size;

    get_name(r, record->name);
    record->type = (uint16_t)get16(r);
    get16(r);
    record->ttl = get32(r);
    size = get16(r);
    record->data[0] = '\0';
    if (r->bad || size > (size_t)(r->end - r->at))
        r->bad = true;
    else
        get_data(r, record, size);
}

int dns_decode(const uint8_t *data, size_t size, struct dns_message *m)
{
    struct dns_reader r = {data, data, data + size, false};
    unsigned flags, questions, total;

    memset(m, 0, sizeof *m);
    m->id = (uint16_t)get16(&r);
    flags = get16(&r);
    m->response = flags >> 15;
    m->opcode = flags >> 11 & 15;
    m->authoritative = flags >> 10 & 1;
    m->truncated = flags >> 9 & 1;
    m->recursion_desired = flags >> 8 & 1;
    m->recursion_available = flags >> 7 & 1;
    m->code = flags & 15;
    questions = get16(&r);
    m->answers = get16(&r);
    m->authorities = get16(&r);
    m->additionals = get16(&r);
    if (questions > 1)
        return -ERROR_UNSUPPORTED;
    if (questions == 1) {
        get_name(&r, m->question);
        m->question_type = (uint16_t)get16(&r);
        get16(&r);
    }
    total = m->answers + m->authorities + m->additionals;
    if (total > DNS_MAX_RECORDS)
        return -ERROR_TOO_LARGE;
    for (unsigned i = 0; i < total && !r.bad; i++)
        get_record(&r, &m->records[i]);
    return r.bad ? -ERROR_SYNTAX : (int)(r.at - data);
}
