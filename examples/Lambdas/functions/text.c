/* Functions over texts alone. */
#include "steps.h"

static int handle(const json_t *event, json_t *answer)
{
    char text[STEP_SIZE];

    return json_object_set_new(answer, "text", json_string(apply_steps(event, text)));
}

int main(void)
{
    return lambda_run(NAME, handle);
}
