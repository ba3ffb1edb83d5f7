/* The smallest image: it has only the libraries that every image has. */
#include "firmware.h"

int main(void) {
    put_text("spare\nstack ");
    put_number(stack_size());
    put_text("\n");
    return 0;
}
