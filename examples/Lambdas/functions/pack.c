/* Functions that compress. */
#include "steps.h"

#include <zlib.h>

static int handle(const json_t *event, json_t *answer)
{
    char text[STEP_SIZE], back[STEP_SIZE];
    Bytef packed[2 * STEP_SIZE];
    uLongf size = sizeof packed, length = sizeof back;

    apply_steps(event, text);
    if (compress2(packed, &size, (const Bytef *)text, strlen(text) + 1, 9) != Z_OK || uncompress((Bytef *)back, &length, packed, size) != Z_OK || strcmp(text, back) != 0)
        return 1;
    json_object_set_new(answer, "crc", json_integer((json_int_t)crc32(0, packed, (uInt)size)));
    return json_object_set_new(answer, "size", json_integer((json_int_t)size));
}

int main(void)
{
    return lambda_run(NAME, handle);
}
