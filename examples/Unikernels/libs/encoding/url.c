/* URLs and their escapes. */
#include "encoding.h"
#include "nolibc.h"

static bool is_unreserved(char c)
{
    return isalnum((unsigned char)c) || (c != '\0' && strchr("-._~", c) != NULL);
}

int64_t url_encode(const char *text, size_t size, char *to, size_t room)
{
    size_t length = 0;

    for (size_t i = 0; i < size; i++) {
        if (length + 4 > room)
            return -ERROR_TOO_LARGE;
        if (is_unreserved(text[i]))
            to[length++] = text[i];
        else
            length += (size_t)snprintf(to + length, 4, "%%%02X", (unsigned char)text[i]);
    }
    to[length] = '\0';
    return (int64_t)length;
}

int64_t url_decode(const char *text, size_t size, char *to, size_t room, bool plus_is_space)
{
    size_t length = 0;

    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (length + 2 > room)
            return -ERROR_TOO_LARGE;
        if (c == '+' && plus_is_space)
            c = ' ';
        if (c == '%') {
            if (i + 2 >= size || hex_decode(text + i + 1, 2, &c, 1) != 1)
                return -ERROR_SYNTAX;
            i += 2;
        }
        to[length++] = c;
    }
    to[length] = '\0';
    return (int64_t)length;
}

/* Copies up to one of the delimiters; false when the part is too long. */
static bool take_part(const char **at, const char *delimiters, char *to, size_t room)
{
    size_t length = strcspn(*at, delimiters);

    if (length >= room)
        return false;
    memcpy(to, *at, length);
    to[length] = '\0';
    *at += length;
    return true;
}

static bool parse_authority(char *authority, struct url *url)
{
    char *at = strchr(authority, '@'), *host = at == NULL ? authority : at + 1, *colon;
    int64_t port = 0;

    if (at != NULL) {
        *at = '\0';
        strlcpy(url->user, authority, sizeof url->user);
    }
    colon = *host == '[' ? strchr(host, ']') : host;
    colon = colon == NULL ? NULL : strchr(colon, ':');
    if (colon != NULL) {
        *colon = '\0';
        if (!parse_int64(colon + 1, strlen(colon + 1), &port) || port < 1 || port > 65535)
            return false;
    }
    url->port = (uint16_t)port;
    for (char *c = host; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return strlcpy(url->host, host, sizeof url->host) < sizeof url->host;
}

bool url_parse(const char *text, struct url *url)
{
    char authority[192];
    const char *colon = strstr(text, "://");

    *url = (struct url){0};
    if (colon != NULL) {
        if (!take_part(&text, ":", url->scheme, sizeof url->scheme) || url->scheme[0] == '\0')
            return false;
        text += 3;
        if (!take_part(&text, "/?#", authority, sizeof authority) ||
            !parse_authority(authority, url))
            return false;
    }
    if (!take_part(&text, "?#", url->path, sizeof url->path))
        return false;
    if (*text == '?' && (text++, !take_part(&text, "#", url->query, sizeof url->query)))
        return false;
    if (*text == '#' && (text++, !take_part(&text, "", url->fragment, sizeof url->fragment)))
        return false;
    if (url->path[0] == '\0')
        strlcpy(url->path, "/", sizeof url->path);
    return *text == '\0';
}

int64_t url_format(const struct url *url, char *to, size_t room)
{
    char port[8] = "";
    int length;

    if (url->port != 0)
        snprintf(port, sizeof port, ":%u", url->port);
    length = snprintf(to, room, "%s%s%s%s%s%s%s%s%s%s%s", url->scheme,
                      url->scheme[0] ? "://" : "", url->user, url->user[0] ? "@" : "", url->host,
                      port, url->path, url->query[0] ? "?" : "", url->query,
                      url->fragment[0] ? "#" : "", url->fragment);
    return (size_t)length < room ? length : -ERROR_TOO_LARGE;
}
