/* dns: messages in wire format, and a small authoritative server over zones as text. */
#pragma once
#include "alloc.h"

enum dns_type { DNS_A = 1, DNS_NS = 2, DNS_CNAME = 5, DNS_SOA = 6, DNS_PTR = 12, DNS_MX = 15,
                DNS_TXT = 16, DNS_AAAA = 28, DNS_SRV = 33, DNS_CAA = 257, DNS_ANY = 255 };
enum dns_code { DNS_NO_ERROR, DNS_FORMAT_ERROR, DNS_SERVER_FAILURE, DNS_NO_NAME,
                DNS_NOT_IMPLEMENTED, DNS_REFUSED };
enum { DNS_MAX_NAME = 255, DNS_MAX_RECORDS = 32, DNS_MAX_MESSAGE = 512 };

struct dns_record {
    char name[DNS_MAX_NAME + 1];
    uint16_t type;
    uint32_t ttl;
    char data[DNS_MAX_NAME + 1]; /* as in a zone: "10 mail.example.org" */
};

struct dns_message {
    uint16_t id;
    bool response, authoritative, truncated, recursion_desired, recursion_available;
    uint8_t opcode, code;
    char question[DNS_MAX_NAME + 1];
    uint16_t question_type;
    unsigned answers, authorities, additionals; /* in this order in records */
    struct dns_record records[DNS_MAX_RECORDS];
};

/* Return the size of the message, or minus an error. */
int dns_encode(const struct dns_message *message, uint8_t *to, size_t room);
int dns_decode(const uint8_t *data, size_t size, struct dns_message *message);
int dns_query(uint16_t id, const char *name, uint16_t type, uint8_t *to, size_t room);

const char *dns_type_name(uint16_t type);
int dns_type_by_name(const char *name);
const char *dns_code_text(unsigned code);

/* Text forms of addresses. */
bool ipv4_parse(const char *text, uint8_t address[4]);
void ipv4_format(const uint8_t address[4], char text[16]);
bool ipv6_parse(const char *text, uint8_t address[16]);
void ipv6_format(const uint8_t address[16], char text[40]); /* RFC 5952 */
void dns_reverse_name(const char *address, char *name, size_t room);

/* Zones. */
struct dns_zone {
    char origin[DNS_MAX_NAME + 1];
    struct dns_record *records;
    size_t count, capacity;
};
/* Lines of "name ttl type data"; @ is the origin. Returns the line of an error, or 0. */
unsigned dns_zone_load(struct dns_zone *zone, const char *origin, const char *text);
void dns_zone_free(struct dns_zone *zone);
/* Answers a query: aliases are followed, wildcards filled in, servers delegated to. */
int dns_serve(const struct dns_zone *zone, const uint8_t *query, size_t size, uint8_t *to,
              size_t room);
