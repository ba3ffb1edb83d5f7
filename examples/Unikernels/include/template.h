/* template: text with {{holes}}, filled from JSON. */
#pragma once
#include "json.h"

/* {{name}} escapes for HTML, {{{name}}} and {{&name}} do not; {{#name}} ... {{/name}} repeats
 * or chooses, {{^name}} ... {{/name}} is for what is empty, {{! }} is a comment, {{.}} the item.
 * Filters follow a bar: {{name|upper}}: upper, lower, url, json, length, first, plural.
 * Returns 0 or minus an error. */
int template_render(const char *text, const struct json *data, struct buffer *to);

void html_escape(const char *text, size_t size, struct buffer *to);
/* Replaces &name; and &#n; references by the characters. */
void html_unescape(const char *text, size_t size, struct buffer *to);
/* Removes tags, keeps text, and unescapes it. */
void html_text(const char *html, struct buffer *to);

/* The common part of Markdown: headings, lists, code, emphasis, links, paragraphs. */
void markdown_render(const char *text, struct buffer *to);
