/* Content types, what clients accept, and ranges. */
#include "http.h"
#include "nolibc.h"

static const struct {
    char extension[8];
    const char *type;
} types[] = {
    {"7z", "application/x-7z-compressed"}, {"aac", "audio/aac"}, {"avif", "image/avif"},
    {"avi", "video/x-msvideo"}, {"bin", "application/octet-stream"}, {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip2"}, {"c", "text/x-c"}, {"conf", "text/plain"},
    {"css", "text/css"}, {"csv", "text/csv"}, {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eot", "application/vnd.ms-fontobject"}, {"epub", "application/epub+zip"},
    {"flac", "audio/flac"}, {"gif", "image/gif"}, {"gz", "application/gzip"},
    {"htm", "text/html"}, {"html", "text/html"}, {"ico", "image/vnd.microsoft.icon"},
    {"ics", "text/calendar"}, {"jar", "application/java-archive"}, {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"}, {"js", "text/javascript"}, {"json", "application/json"},
    {"jsonld", "application/ld+json"}, {"log", "text/plain"}, {"md", "text/markdown"},
    {"mid", "audio/midi"}, {"mjs", "text/javascript"}, {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"}, {"mpeg", "video/mpeg"}, {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"}, {"oga", "audio/ogg"},
    {"ogv", "video/ogg"}, {"ogx", "application/ogg"}, {"opus", "audio/ogg"},
    {"otf", "font/otf"}, {"pdf", "application/pdf"}, {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rtf", "application/rtf"}, {"sh", "application/x-sh"}, {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"}, {"tiff", "image/tiff"}, {"toml", "application/toml"},
    {"ts", "video/mp2t"}, {"ttf", "font/ttf"}, {"txt", "text/plain"}, {"wasm", "application/wasm"},
    {"wav", "audio/wav"}, {"weba", "audio/webm"}, {"webm", "video/webm"}, {"webp", "image/webp"},
    {"woff", "font/woff"}, {"woff2", "font/woff2"}, {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"}, {"yaml", "application/yaml"}, {"yml", "application/yaml"},
    {"zip", "application/zip"}, {"zst", "application/zstd"},
};

const char *http_type_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof types[0]; i++)
        if (strcasecmp(dot + 1, types[i].extension) == 0)
            return types[i].type;
    return "application/octet-stream";
}

/* How well a range names a type: 3 exactly, 2 by its group, 1 as anything at all. */
static int precision(const char *range, size_t size, const char *type)
{
    size_t group = strcspn(type, "/") + 1;

    if (size == strlen(type) && strncasecmp(range, type, size) == 0)
        return 3;
    if (size == group + 1 && range[group] == '*' && strncasecmp(range, type, group) == 0)
        return 2;
    return size == 3 && memcmp(range, "*/*", 3) == 0;
}

/* "q=0.75" as 750. */
static int quality(const char *item, size_t size)
{
    const char *q = memmem(item, size, "q=", 2);
    int value = 0, scale = 100;

    if (q == NULL || q[2] == '1')
        return 1000;
    for (q += 3; *q == '.' || isdigit((unsigned char)*q); q++)
        if (*q != '.') {
            value += (*q - '0') * scale;
            scale /= 10;
        }
    return value;
}

static int quality_of(const char *accept, const char *type)
{
    int best = 0, result = 0;

    while (*accept != '\0') {
        size_t size = strcspn(accept, ","), name = strcspn(accept, ",; ");
        int fit = precision(accept, name, type);
        if (fit > best) {
            best = fit;
            result = quality(accept, size);
        }
        accept += size;
        accept += strspn(accept, ", ");
    }
    return result;
}

int http_negotiate(const char *accept, const char *const *offered, size_t count)
{
    int best = 0, result = -1;

    for (size_t i = 0; i < count; i++) {
        int value = quality_of(accept, offered[i]);
        if (value > best) {
            best = value;
            result = (int)i;
        }
    }
    return result;
}

bool http_range(const char *text, uint64_t size, uint64_t *first, uint64_t *last)
{
    char *end;

    if (strncmp(text, "bytes=", 6) != 0 || size == 0)
        return false;
    text += 6;
    *last = size - 1;
    if (*text == '-') { /* the last so many bytes */
        uint64_t count = strtoul(text + 1, &end, 10);
        *first = count < size ? size - count : 0;
        return count > 0 && *end == '\0';
    }
    *first = strtoul(text, &end, 10);
    if (end == text || *end != '-')
        return false;
    if (end[1] != '\0') {
        uint64_t given = strtoul(end + 1, &end, 10);
        *last = given < *last ? given : *last;
        if (*end != '\0')
            return false;
    }
    return *first <= *last;
}
