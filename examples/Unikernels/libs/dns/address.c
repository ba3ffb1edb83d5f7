/* Addresses as text, and the names of types and results. */
#include "dns.h"
#include "nolibc.h"

static const struct {
    uint16_t type;
    const char *name;
} types[] = {
    {DNS_A, "A"}, {DNS_NS, "NS"}, {DNS_CNAME, "CNAME"}, {DNS_SOA, "SOA"}, {DNS_PTR, "PTR"},
    {DNS_MX, "MX"}, {DNS_TXT, "TXT"}, {DNS_AAAA, "AAAA"}, {DNS_SRV, "SRV"}, {DNS_CAA, "CAA"},
    {DNS_ANY, "ANY"},
};

const char *dns_type_name(uint16_t type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i].type == type)
            return types[i].name;
    return "?";
}

int dns_type_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcasecmp(types[i].name, name) == 0)
            return types[i].type;
    return -ERROR_NO_ENTRY;
}

const char *dns_code_text(unsigned code)
{
    static const char *const texts[] = {"no error", "format error", "server failure",
                                        "no such name", "not implemented", "refused"};

    return code < 6 ? texts[code] : "unknown";
}

bool ipv4_parse(const char *text, uint8_t address[4])
{
    for (unsigned i = 0; i < 4; i++) {
        char *end;
        unsigned long part = strtoul(text, &end, 10);
        if (end == text || end - text > 3 || part > 255 || !isdigit((unsigned char)*text))
            return false;
        address[i] = (uint8_t)part;
        if (*end != (i < 3 ? '.' : '\0'))
            return false;
        text = end + 1;
    }
    return true;
}

void ipv4_format(const uint8_t a[4], char text[16])
{
    snprintf(text, 16, "%u.%u.%u.%u", a[0], a[1], a[2], a[3]);
}

bool ipv6_parse(const char *text, uint8_t address[16])
{
    uint8_t bytes[16] = {0};
    unsigned at = 0, gap = 17;

    if (text[0] == ':' && text[1] == ':') {
        gap = 0;
        text += 2;
    }
    while (*text != '\0') {
        char *end;
        unsigned long part = strtoul(text, &end, 16);
        if (*end == '.') { /* the last four bytes may look like IPv4 */
            if (at > 12 || !ipv4_parse(text, bytes + at))
                return false;
            at += 4;
            break;
        }
        if (at == 16 || end == text || end - text > 4 || !isxdigit((unsigned char)*text))
            return false;
        bytes[at++] = (uint8_t)(part >> 8);
        bytes[at++] = (uint8_t)part;
        text = end;
        if (*text == ':' && text[1] == ':') {
            if (gap <= 16)
                return false;
            gap = at;
            text += 2;
        } else if (*text == ':' && text[1] != '\0') {
            text++;
        } else if (*text != '\0') {
            return false;
        }
    }
    if (gap > 16 ? at != 16 : at > 14)
        return false;
    memset(address, 0, 16);
    if (gap > 16)
        gap = 16;
    memcpy(address, bytes, gap < at ? gap : at);
    if (gap < at)
        memcpy(address + 16 - (at - gap), bytes + gap, at - gap);
    return true;
}

/* The longest run of zeros, the first of equal ones, becomes "::". */
void ipv6_format(const uint8_t a[16], char text[40])
{
    unsigned best = 8, best_length = 1, length = 0;
    size_t size = 0;

    for (unsigned i = 0; i < 8; i++) {
        length = a[2 * i] == 0 && a[2 * i + 1] == 0 ? length + 1 : 0;
        if (length > best_length) {
            best_length = length;
            best = i + 1 - length;
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        if (i == best) {
            size += (size_t)snprintf(text + size, 40 - size, "::");
            i += best_length - 1;
            continue;
        }
        size += (size_t)snprintf(text + size, 40 - size, "%s%x",
                                 size > 0 && text[size - 1] != ':' ? ":" : "",
                                 a[2 * i] << 8 | a[2 * i + 1]);
    }
    text[size] = '\0';
}

void dns_reverse_name(const char *address, char *name, size_t room)
{
    uint8_t a[16];
    size_t size = 0;

    if (ipv4_parse(address, a)) {
        snprintf(name, room, "%u.%u.%u.%u.in-addr.arpa", a[3], a[2], a[1], a[0]);
    } else if (ipv6_parse(address, a)) {
        for (unsigned i = 32; i-- > 0;)
            size += (size_t)snprintf(name + size, room - size, "%x.", a[i / 2] >> (i % 2 ? 0 : 4) & 15);
        strlcpy(name + size, "ip6.arpa", room - size);
    } else {
        strlcpy(name, "", room);
    }
}
