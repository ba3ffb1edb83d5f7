/* Reading and writing share the knowledge of how names are compressed. */
#pragma once
#include "dns.h"

enum { DNS_CLASS_IN = 1 };

struct dns_reader {
    const uint8_t *start, *at, *end;
    bool bad;
};

/* Reads a name at any place of a message; returns what follows it there. */
const uint8_t *dns_read_name(struct dns_reader *r, const uint8_t *at, char *name);
