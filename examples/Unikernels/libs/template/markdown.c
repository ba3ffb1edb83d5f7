/* Markdown to HTML, line by line. */
#include "nolibc.h"
#include "template.h"

enum block { NOTHING, PARAGRAPH, BULLETS, NUMBERS, CODE, QUOTE };

static const char *const openings[] = {"", "<p>", "<ul>\n", "<ol>\n", "<pre><code>", "<blockquote>\n"};
static const char *const closings[] = {"", "</p>\n", "</ul>\n", "</ol>\n", "</code></pre>\n",
                                       "</blockquote>\n"};

static void inline_text(const char *text, size_t size, struct buffer *to);

/* Text between two equal marks. Returns how much it took, 0 if the mark stands alone. */
static size_t marked(const char *text, size_t size, const char *mark, const char *tag,
                     struct buffer *to)
{
    size_t width = strlen(mark);
    const char *end;

    if (size < 2 * width + 1 || memcmp(text, mark, width) != 0)
        return 0;
    end = memmem(text + width, size - width, mark, width);
    if (end == NULL || end == text + width)
        return 0;
    buffer_printf(to, "<%s>", tag);
    if (*mark == '`')
        html_escape(text + width, (size_t)(end - text) - width, to);
    else
        inline_text(text + width, (size_t)(end - text) - width, to);
    buffer_printf(to, "</%s>", tag);
    return (size_t)(end - text) + width;
}

static size_t linked(const char *text, size_t size, struct buffer *to)
{
    const char *close = *text == '[' ? memmem(text, size, "](", 2) : NULL, *end;

    if (close == NULL)
        return 0;
    end = memchr(close, ')', size - (size_t)(close - text));
    if (end == NULL)
        return 0;
    buffer_text(to, "<a href=\"");
    html_escape(close + 2, (size_t)(end - close) - 2, to);
    buffer_text(to, "\">");
    inline_text(text + 1, (size_t)(close - text) - 1, to);
    buffer_text(to, "</a>");
    return (size_t)(end - text) + 1;
}

static void inline_text(const char *text, size_t size, struct buffer *to)
{
    while (size > 0) {
        size_t taken = marked(text, size, "`", "code", to);
        if (taken == 0)
            taken = marked(text, size, "**", "strong", to);
        if (taken == 0)
            taken = marked(text, size, "*", "em", to);
        if (taken == 0)
            taken = linked(text, size, to);
        if (taken == 0) {
            html_escape(text, 1, to);
            taken = 1;
        }
        text += taken;
        size -= taken;
    }
}

static enum block kind_of(const char *line, size_t size, size_t *skip)
{
    size_t digits = 0;

    *skip = 0;
    if (size >= 2 && (*line == '-' || *line == '*') && line[1] == ' ') {
        *skip = 2;
        return BULLETS;
    }
    while (digits < size && isdigit((unsigned char)line[digits]))
        digits++;
    if (digits > 0 && digits + 1 < size && line[digits] == '.' && line[digits + 1] == ' ') {
        *skip = digits + 2;
        return NUMBERS;
    }
    if (size >= 2 && *line == '>' && line[1] == ' ') {
        *skip = 2;
        return QUOTE;
    }
    return size == 0 ? NOTHING : PARAGRAPH;
}

static void change_block(enum block *from, enum block to_kind, struct buffer *to)
{
    if (*from == to_kind)
        return;
    buffer_text(to, closings[*from]);
    buffer_text(to, openings[to_kind]);
    *from = to_kind;
}

static bool heading(const char *line, size_t size, enum block *block, struct buffer *to)
{
    size_t level = strspn(line, "#");

    if (level == 0 || level > 6 || level >= size || line[level] != ' ')
        return false;
    change_block(block, NOTHING, to);
    buffer_printf(to, "<h%zu>", level);
    inline_text(line + level + 1, size - level - 1, to);
    buffer_printf(to, "</h%zu>\n", level);
    return true;
}

static void plain_line(const char *line, size_t size, enum block *block, struct buffer *to)
{
    size_t skip;
    enum block kind = kind_of(line, size, &skip);
    bool item = kind == BULLETS || kind == NUMBERS;

    if (kind == PARAGRAPH && *block == PARAGRAPH)
        buffer_char(to, '\n');
    change_block(block, kind, to);
    if (item)
        buffer_text(to, "<li>");
    inline_text(line + skip, size - skip, to);
    if (item)
        buffer_text(to, "</li>\n");
    if (kind == QUOTE)
        buffer_char(to, '\n');
}

void markdown_render(const char *text, struct buffer *to)
{
    enum block block = NOTHING;

    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        bool fence = strncmp(text, "```", 3) == 0;
        if (fence) {
            change_block(&block, block == CODE ? NOTHING : CODE, to);
        } else if (block == CODE) {
            html_escape(text, size, to);
            buffer_char(to, '\n');
        } else if (!heading(text, size, &block, to)) {
            plain_line(text, size, &block, to);
        }
        text += size + (text[size] == '\n');
    }
    change_block(&block, NOTHING, to);
}
