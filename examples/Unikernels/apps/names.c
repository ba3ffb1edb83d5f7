/* names: a name server that answers questions from a zone. */
#include "app.h"
#include "dns.h"

static const char zone_text[] =
    "@       3600 SOA ns1.example.org hostmaster.example.org 2024051701 7200 3600 1209600 300\n"
    "@       3600 NS    ns1\n"
    "@       3600 NS    ns2.example.net.\n"
    "@       3600 MX    10 mail\n"
    "@       3600 TXT   v=spf1 mx -all\n"
    "ns1     3600 A     192.0.2.53\n"
    "mail     300 A     192.0.2.25\n"
    "mail     300 AAAA  2001:db8::25\n"
    "www      300 CNAME web\n"
    "web       60 A     192.0.2.80\n"
    "web       60 A     192.0.2.81\n"
    "*.users  300 A     192.0.2.99   ; every user has a page\n"
    "_sip._tcp 300 SRV  10 60 5060 sip\n"
    "sip      300 AAAA  2001:db8:0:1::5060\n"
    "sub     3600 NS    ns.sub\n"
    "ns.sub  3600 A     198.51.100.1\n";

static void print_message(const struct dns_message *m)
{
    unsigned total = m->answers + m->authorities + m->additionals;

    console_printf("  %s %s: %s%s\n", m->question, dns_type_name(m->question_type),
                   dns_code_text(m->code), m->authoritative ? ", authoritative" : "");
    for (unsigned i = 0; i < total; i++) {
        const struct dns_record *r = &m->records[i];
        const char *section = i < m->answers ? "answer" : i < m->answers + m->authorities
                              ? "authority" : "additional";
        console_printf("    %-10s %-22s %5u %-5s %s\n", section, r->name, r->ttl,
                       dns_type_name(r->type), r->data);
    }
}

static void ask(const struct dns_zone *zone, const char *name, uint16_t type, unsigned code,
                unsigned answers, unsigned authorities)
{
    static struct dns_message message;
    uint8_t query[DNS_MAX_MESSAGE], answer[DNS_MAX_MESSAGE];
    int size = dns_query(4711, name, type, query, sizeof query);
    int result;

    size = dns_serve(zone, query, (size_t)size, answer, sizeof answer);
    result = dns_decode(answer, size < 0 ? 0 : (size_t)size, &message);
    print_message(&message);
    if (result != size || message.id != 4711 || message.code != code ||
        message.answers != answers || message.authorities != authorities)
        check(false, "is not the answer expected");
}

static void show_answers(void)
{
    struct dns_zone zone;

    console_puts("answers");
    check_number("bad lines", dns_zone_load(&zone, "example.org", zone_text), 0);
    check_number("records", (int64_t)zone.count, 16);
    ask(&zone, "example.org", DNS_MX, DNS_NO_ERROR, 1, 0);
    ask(&zone, "WWW.Example.ORG", DNS_A, DNS_NO_ERROR, 3, 0);
    ask(&zone, "ada.users.example.org", DNS_A, DNS_NO_ERROR, 1, 0);
    ask(&zone, "_sip._tcp.example.org", DNS_SRV, DNS_NO_ERROR, 1, 0);
    ask(&zone, "host.sub.example.org", DNS_A, DNS_NO_ERROR, 0, 1);
    ask(&zone, "web.example.org", DNS_AAAA, DNS_NO_ERROR, 0, 1);
    ask(&zone, "nothing.example.org", DNS_A, DNS_NO_NAME, 0, 1);
    ask(&zone, "example.com", DNS_A, DNS_REFUSED, 0, 0);
    ask(&zone, "example.org", DNS_TXT, DNS_NO_ERROR, 1, 0);
    dns_zone_free(&zone);
    check_number("a line with a bad address", dns_zone_load(&zone, "x.org", "@ 1 A 1.2.3.4\n@ 1 A 1.2.3.400"), 2);
    dns_zone_free(&zone);
}

static void show_wire(void)
{
    static struct dns_message message;
    uint8_t data[64];
    int size = dns_query(0x1234, "www.example.org", DNS_AAAA, data, sizeof data);
    bool refused = true;

    console_puts("on the wire");
    console_hexdump(data, (size_t)size);
    for (int cut = 0; cut < size; cut++)
        refused &= dns_decode(data, (size_t)cut, &message) < 0;
    check(refused, "cut messages are refused");
    data[12] = 0xc0; /* a pointer to itself */
    data[13] = 12;
    check(dns_decode(data, (size_t)size, &message) < 0, "names without an end are refused");
}

static void show_addresses(void)
{
    static const char *const texts[][2] = {
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"}, {"::", "::"}, {"::1", "::1"}, {"fe80::", "fe80::"},
        {"2001:DB8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, {"::ffff:192.0.2.1", "::ffff:c000:201"}};
    static const char *const wrong[] = {"1:2:3", "1::2::3", ":1", "12345::", "1:2:3:4:5:6:7:8:9", "g::", "1:"};
    uint8_t address[16];
    char text[80];

    console_puts("addresses");
    for (unsigned i = 0; i < 6; i++) {
        strlcpy(text, "?", sizeof text);
        if (ipv6_parse(texts[i][0], address))
            ipv6_format(address, text);
        check_text(texts[i][0], text, texts[i][1]);
    }
    for (unsigned i = 0; i < 7; i++)
        if (ipv6_parse(wrong[i], address))
            check(false, wrong[i]);
    check(!ipv4_parse("1.2.3", address) && !ipv4_parse("1.2.3.256", address) &&
          !ipv4_parse("1.2.3.4.5", address), "wrong addresses are refused");
    dns_reverse_name("192.0.2.17", text, sizeof text);
    check_text("reverse", text, "17.2.0.192.in-addr.arpa");
    dns_reverse_name("2001:db8::1", text, sizeof text);
    check_text("reverse", text, "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}

static int names_main(void)
{
    show_answers();
    show_wire();
    show_addresses();
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("names", names_main, NULL);
