/* Functions that look for patterns. */
#include "steps.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static int handle(const json_t *event, json_t *answer)
{
    char text[STEP_SIZE];
    int error, found = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *pattern = pcre2_compile((PCRE2_SPTR)"([a-z]+|[0-9]+(\\.[0-9]+)?)", PCRE2_ZERO_TERMINATED, PCRE2_CASELESS, &error, &at, NULL);

    if (pattern == NULL)
        return 1;
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(pattern, NULL);
    apply_steps(event, text);
    for (at = 0; pcre2_match(pattern, (PCRE2_SPTR)text, strlen(text), at, 0, match, NULL) > 0; found++)
        at = pcre2_get_ovector_pointer(match)[1];
    pcre2_match_data_free(match);
    pcre2_code_free(pattern);
    return json_object_set_new(answer, "found", json_integer(found));
}

int main(void)
{
    return lambda_run(NAME, handle);
}
