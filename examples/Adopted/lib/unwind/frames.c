#include "unwind.h"
#include "libc.h"

extern const uint8_t __eh_frame_start[], __eh_frame_end[];

/* Calls for every record of a function; addresses are relative to their place, four bytes wide (what gcc writes for this machine). */
static bool each(bool (*visit)(void *argument, uint64_t start, uint64_t size), void *argument)
{
    for (const uint8_t *at = __eh_frame_start; at + 8 <= __eh_frame_end;) {
        uint32_t length, cie;
        int32_t offset;
        uint32_t size;
        memcpy(&length, at, 4);
        if (length == 0) {
            at += 4; /* the end of one object's records */
            continue;
        }
        memcpy(&cie, at + 4, 4);
        if (cie != 0) {
            memcpy(&offset, at + 8, 4);
            memcpy(&size, at + 12, 4);
            if (visit(argument, (uint64_t)(at + 8) + (uint64_t)(int64_t)offset, size))
                return true;
        }
        at += 4 + length;
    }
    return false;
}

static bool count(void *argument, uint64_t start, uint64_t size)
{
    (void)start, (void)size;
    ++*(size_t *)argument;
    return false;
}

size_t unwind_records(void)
{
    size_t total = 0;

    each(count, &total);
    return total;
}

struct search { uint64_t address, start, size; };

static bool matches(void *argument, uint64_t start, uint64_t size)
{
    struct search *search = argument;

    search->start = start;
    search->size = size;
    return search->address - start < size;
}

bool unwind_find(uint64_t address, uint64_t *start, uint64_t *size)
{
    struct search search = {address, 0, 0};

    if (!each(matches, &search))
        return false;
    *start = search.start;
    *size = search.size;
    return true;
}

unsigned unwind_depth(void)
{
    uint64_t *frame = __builtin_frame_address(0), start, size;
    unsigned depth = 0;

    for (; frame != NULL && frame[1] != 0 && unwind_find(frame[1] - 1, &start, &size); frame = (uint64_t *)frame[0])
        depth++;
    return depth;
}
