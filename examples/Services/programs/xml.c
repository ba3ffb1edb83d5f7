/* xml: expat. A document is read in small pieces, measured, and written again. */
#include "service.h"

#include <expat.h>

static const char document[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<!DOCTYPE menu [<!ENTITY house 'The Red Lion'>]>\n"
    "<menu xmlns='urn:menu' xmlns:p='urn:price' owner='&house;'>\n"
    "  <!-- the first course -->\n"
    "  <dish p:cost='4.50'>Soup &amp; bread</dish>\n"
    "  <dish p:cost='12.00'>Fish</dish>\n"
    "  <section><dish p:cost='3.25'><![CDATA[Tea <black>]]></dish></section>\n"
    "  <?kitchen closes at=22?>\n"
    "</menu>\n";

struct reading {
    char out[1000];
    size_t used;
    int depth, deepest, elements, notes;
    double cost;
};

static void append(struct reading *r, const char *text, size_t count)
{
    if (r->used + count < sizeof r->out) {
        memcpy(r->out + r->used, text, count);
        r->used += count;
        r->out[r->used] = '\0';
    }
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct reading *r = data;

    r->elements++;
    if (++r->depth > r->deepest)
        r->deepest = r->depth;
    append(r, "[", 1);
    append(r, name, strlen(name));
    for (; attributes[0] != NULL; attributes += 2) {
        if (strcmp(attributes[0], "urn:price|cost") == 0)
            r->cost += strtod(attributes[1], NULL);
        else
            append(r, attributes[1], strlen(attributes[1]));
    }
    append(r, ":", 1);
}

static void on_end(void *data, const char *name)
{
    struct reading *r = data;

    (void)name;
    r->depth--;
    append(r, "]", 1);
}

static void on_text(void *data, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        if (text[i] != '\n' && (text[i] != ' ' || ((struct reading *)data)->depth > 1))
            append(data, text + i, 1);
}

static void on_comment(void *data, const char *text)
{
    (void)text;
    ((struct reading *)data)->notes++;
}

static void on_instruction(void *data, const char *target, const char *text)
{
    ((struct reading *)data)->notes += strcmp(target, "kitchen") == 0 && strcmp(text, "closes at=22") == 0;
}

static XML_Parser make_parser(struct reading *r)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, '|');

    XML_SetUserData(parser, r);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetCommentHandler(parser, on_comment);
    XML_SetProcessingInstructionHandler(parser, on_instruction);
    return parser;
}

/* Every piece size must give the same reading. */
static void check_pieces(void)
{
    struct reading whole = {0};
    bool same = true;

    for (size_t size = sizeof document - 1; size > 0; size /= 3) {
        struct reading r = {0};
        XML_Parser parser = make_parser(&r);

        for (size_t at = 0; at < sizeof document - 1; at += size) {
            size_t count = at + size < sizeof document - 1 ? size : sizeof document - 1 - at;

            same &= XML_Parse(parser, document + at, (int)count, at + count == sizeof document - 1) == XML_STATUS_OK;
        }
        XML_ParserFree(parser);
        if (whole.used == 0)
            whole = r;
        same &= memcmp(&whole, &r, sizeof r) == 0;
    }
    check(same, "all piece sizes read the same");
    printf("  %s\n", whole.out);
    check_number("elements", whole.elements, 5);
    check_number("deepest", whole.deepest, 3);
    check_number("notes", whole.notes, 2);
    check(whole.cost == 19.75, "the menu costs 19.75");
    check(strstr(whole.out, "The Red Lion") != NULL, "the entity is expanded");
    check(strstr(whole.out, "Tea <black>") != NULL, "character data is kept");
}

static void check_error(const char *text, const char *known)
{
    struct reading r = {0};
    XML_Parser parser = make_parser(&r);
    char got[100] = "accepted";

    if (XML_Parse(parser, text, (int)strlen(text), 1) == XML_STATUS_ERROR)
        snprintf(got, sizeof got, "%s, line %d", XML_ErrorString(XML_GetErrorCode(parser)),
                 (int)XML_GetCurrentLineNumber(parser));
    check_text("error", got, known);
    XML_ParserFree(parser);
}

int main(void)
{
    printf("xml: reading a document\n");
    check_pieces();
    check_error("<a>\n<b>\n</a>", "mismatched tag, line 3");
    check_error("<a x='1' x='2'/>", "duplicate attribute, line 1");
    check_error("<a>&nothing;</a>", "undefined entity, line 1");
    check_error("", "no element found, line 1");
    return finish("xml");
}
