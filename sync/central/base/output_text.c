/* Texts in the files that the tool writes, for Excel and browsers: see output.h. */
#include "central/base/output.h"

#include <stdarg.h>
#include <string.h>

static bool
starts_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@", text[0]) != NULL;
}

const char *
bw_excel_safe(const char *text, char *room, size_t room_bytes)
{
    if (!starts_formula(text)) {
        return text;
    }
    (void)snprintf(room, room_bytes, "'%s", text);
    return room;
}

void
bw_csv_cell(FILE *file, const char *text)
{
    bool quoted = strpbrk(text, ",;\"\r\n\t") != NULL || text[0] == ' ';
    if (quoted) {
        (void)fputc('"', file);
    }
    if (starts_formula(text)) {
        (void)fputc('\'', file);
    }
    for (const char *c = text; *c; c++) {
        if (*c == '"') {
            (void)fputc('"', file);
        }
        (void)fputc(*c, file);
    }
    if (quoted) {
        (void)fputc('"', file);
    }
}

void
bw_csv_row(FILE *file, const char *first, ...)
{
    va_list list;
    va_start(list, first);
    for (const char *cell = first; cell; cell = va_arg(list, const char *)) {
        if (cell != first) {
            (void)fputc(',', file);
        }
        bw_csv_cell(file, cell);
    }
    va_end(list);
    (void)fputc('\n', file);
}

void
bw_html_part(FILE *file, const char *text, size_t length)
{
    for (const char *c = text; c < text + length; c++) {
        switch (*c) {
        case '&':
            (void)fputs("&amp;", file);
            break;
        case '<':
            (void)fputs("&lt;", file);
            break;
        case '>':
            (void)fputs("&gt;", file);
            break;
        case '"':
            (void)fputs("&quot;", file);
            break;
        case '\'':
            (void)fputs("&#39;", file);
            break;
        default:
            (void)fputc(*c, file);
        }
    }
}

void
bw_html_text(FILE *file, const char *text)
{
    bw_html_part(file, text, strlen(text));
}
