// Writes down what a tool was given and what it made.
#pragma once

struct run {
    const char *name; // As the build called the tool; a linker has its own
    const char *real; // Path of the tool
    int argc;
    char **argv;
    long long start;            // Nanoseconds since 1970
    const char *standard_input; // Key of what it read there, or NULL
};

long long now(void);

// Writes the record of a run that has ended, and copies what it made.
void write_record(const struct run *run);
