/* Names and explanations of the error codes that all libraries share. */
#include "nolibc.h"

static const struct {
    const char *name, *text;
} errors[ERROR_COUNT] = {
    [OK] = {"ok", "success"},
    [ERROR_NO_ENTRY] = {"no-entry", "there is no entry with this name"},
    [ERROR_EXISTS] = {"exists", "an entry with this name exists already"},
    [ERROR_NO_MEMORY] = {"no-memory", "the heap has no block of this size left"},
    [ERROR_INVALID] = {"invalid", "an argument is out of its range"},
    [ERROR_TOO_LARGE] = {"too-large", "the result does not fit into the space given"},
    [ERROR_NOT_DIRECTORY] = {"not-directory", "a part of the path is not a directory"},
    [ERROR_IS_DIRECTORY] = {"is-directory", "the operation needs a file, not a directory"},
    [ERROR_NOT_EMPTY] = {"not-empty", "the directory still has entries"},
    [ERROR_BAD_HANDLE] = {"bad-handle", "the handle is not open"},
    [ERROR_READ_ONLY] = {"read-only", "the object was opened for reading only"},
    [ERROR_TRUNCATED] = {"truncated", "the input ends in the middle of an element"},
    [ERROR_CHECKSUM] = {"checksum", "the data do not match their checksum"},
    [ERROR_SYNTAX] = {"syntax", "the input does not follow its grammar"},
    [ERROR_UNSUPPORTED] = {"unsupported", "the format is valid but not supported here"},
    [ERROR_AGAIN] = {"again", "the operation would have to wait"},
    [ERROR_CLOSED] = {"closed", "the other side has closed the channel"},
    [ERROR_TIMEOUT] = {"timeout", "the time allowed for the operation is over"},
    [ERROR_DEADLOCK] = {"deadlock", "every thread waits for another one"},
    [ERROR_PERMISSION] = {"permission", "the caller may not do this"},
    [ERROR_LOOP] = {"loop", "too many steps without an end in sight"},
    [ERROR_NAME_TOO_LONG] = {"name-too-long", "a name is longer than the format allows"},
    [ERROR_BUSY] = {"busy", "the object is in use"},
    [ERROR_INTERNAL] = {"internal", "an invariant of the library does not hold"},
};

const char *error_text(int error)
{
    return error >= 0 && error < ERROR_COUNT ? errors[error].text : "unknown error";
}

const char *error_name(int error)
{
    return error >= 0 && error < ERROR_COUNT ? errors[error].name : "unknown";
}
