#define _GNU_SOURCE
#include "record.h"
#include "arguments.h"
#include "files.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static void write_text(FILE *out, const char *keyword, const char *value)
{
    fprintf(out, "%s \"", keyword);
    for (const unsigned char *c = (const unsigned char *)value; *c; c++) {
        if (*c == '"' || *c == '\\') fprintf(out, "\\%c", *c);
        else if (*c < ' ' || *c == 0x7f) fprintf(out, "\\u%04x", *c);
        else putc(*c, out);
    }
    fputs("\"", out);
}

static void write_file(FILE *out, const char *keyword, const char *path, const char *key)
{
    write_text(out, keyword, path);
    fprintf(out, " %s\n", key);
}

// What has another content than before, and what the command line names and was not there.
static void write_outputs(FILE *out, const struct run *run)
{
    size_t before = count;
    for (size_t i = 0; i < before; i++) {
        char key[KEY];
        if (!files[i].after && key_of(files[i].path, key) && strcmp(key, files[i].key) != 0) {
            keep(files[i].path, key);
            write_file(out, "output", files[i].path, key);
        }
    }
    note_outputs(run->argc - 1, run->argv + 1);
    keep_files(1);
    for (size_t i = before; i < count; i++)
        if (!files[i].response) write_file(out, "output", files[i].path, files[i].key);
}

void write_record(const struct run *run)
{
    char *place = text("%s/records/%016llx-%d", root, run->start, (int)getpid());
    char *temporary = text("%s.tmp", place), *final = text("%s.record", place);
    FILE *out = fopen(temporary, "w");
    if (!out) return;
    char *directory = getcwd(NULL, 0);
    fputs("layoutdsl-capture 1\n", out);
    write_text(out, "tool", run->name);
    write_text(out, "", run->real);
    fputc('\n', out);
    write_text(out, "directory", directory ? directory : ".");
    fprintf(out, "\ntime %lld %lld\n", run->start, now());
    for (int i = 1; i < run->argc; i++) {
        write_text(out, "argument", run->argv[i]);
        fputc('\n', out);
    }
    keep_files(1);
    for (size_t i = 0; i < count; i++) write_file(out, files[i].response ? "response" : "input", files[i].path, files[i].key);
    if (run->standard_input) write_file(out, "stdin", "-", run->standard_input);
    write_outputs(out, run);
    if (failed) fputs("incomplete\n", out);
    fputs("end\n", out);
    if (fclose(out) != 0 || rename(temporary, final) != 0) unlink(temporary);
}
