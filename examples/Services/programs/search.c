/* search: PCRE2. Patterns are matched, replaced and refused; the compiled matcher agrees with the interpreter. */
#include "service.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static const char text[] =
    "2023-11-05 ash: disk full\n"
    "2024-02-29 beech: restarted\n"
    "2024-13-01 cedar: not a date\n"
    "2024-03-10 dogwood: disk replaced\n";

static pcre2_code *compile(const char *pattern, uint32_t options)
{
    int error;
    PCRE2_SIZE at;

    return pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &error, &at, NULL);
}

/* All matches, with a comma between them. */
static const char *find_all(const pcre2_code *code, uint32_t options)
{
    static char found[300];
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);
    PCRE2_SIZE at = 0;

    found[0] = '\0';
    while (pcre2_match(code, (PCRE2_SPTR)text, sizeof text - 1, at, options, match, NULL) > 0) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(match);

        sprintf(found + strlen(found), "%s%.*s", found[0] != '\0' ? "," : "", (int)(ends[1] - ends[0]), text + ends[0]);
        at = ends[1] > ends[0] ? ends[1] : ends[1] + 1;
    }
    pcre2_match_data_free(match);
    return found;
}

static void check_found(const char *pattern, uint32_t options, const char *known)
{
    pcre2_code *code = compile(pattern, options);
    char interpreted[300];

    strcpy(interpreted, find_all(code, PCRE2_NO_JIT));
    check_text(pattern, interpreted, known);
    if (pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0)
        service_failures += strcmp(find_all(code, 0), interpreted) != 0;
    pcre2_code_free(code);
}

static void check_names(void)
{
    pcre2_code *code = compile("(?<day>\\d\\d) (?<host>\\w+): disk (?<what>.*)", 0);
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);
    PCRE2_UCHAR *host;
    PCRE2_SIZE length;

    check_number("groups", pcre2_match(code, (PCRE2_SPTR)text, sizeof text - 1, 60, 0, match, NULL), 4);
    pcre2_substring_get_byname(match, (PCRE2_SPTR)"host", &host, &length);
    check_text("host", (const char *)host, "dogwood");
    pcre2_substring_free(host);
    pcre2_match_data_free(match);
    pcre2_code_free(code);
}

static void check_replaced(void)
{
    pcre2_code *code = compile("(\\d{4})-(\\d\\d)-(\\d\\d) (\\w+): ", 0);
    PCRE2_UCHAR out[300];
    PCRE2_SIZE room = sizeof out;

    check_number("replaced", pcre2_substitute(code, (PCRE2_SPTR)text, sizeof text - 1, 0,
                 PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_EXTENDED, NULL, NULL,
                 (PCRE2_SPTR)"\\U$4\\E $3.$2.$1 ", PCRE2_ZERO_TERMINATED, out, &room), 4);
    printf("%s", (const char *)out);
    check(strncmp((const char *)out, "ASH 05.11.2023 disk full\nBEECH 29.02.2024", 41) == 0, "dates are turned round");
    pcre2_code_free(code);
}

static void check_refused(const char *pattern, const char *known)
{
    PCRE2_UCHAR message[120];
    PCRE2_SIZE at;
    int error;
    strcpy((char *)message, "accepted");
    if (pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &error, &at, NULL) == NULL)
        pcre2_get_error_message(error, message, sizeof message);
    check_text(pattern, (const char *)message, known);
}

int main(void)
{
    printf("search: patterns in a log\n");
    check_found("\\b\\w+(?=: disk)", 0, "ash,dogwood");
    check_found("^\\d{4}-(?:0[1-9]|1[0-2])-\\d\\d", PCRE2_MULTILINE, "2023-11-05,2024-02-29,2024-03-10");
    check_found("(?i)DISK\\s+\\K\\w+$", PCRE2_MULTILINE, "full,replaced");
    check_found("(\\w)\\1\\w*", 0, "11,ll,eech,ood");
    check_found("\\p{Lu}+", PCRE2_UTF, "");
    check_names();
    check_replaced();
    check_refused("(open", "missing closing parenthesis");
    check_refused("a{2,1}", "numbers out of order in {} quantifier");
    check_refused("[z-a]", "range out of order in character class");
    return finish("search");
}
