/* A mail's parts, shown as text and as HTML: see letter_parts.h. */
#include "office/mail/letter_parts.h"

#include "central/base/output.h"
#include "office/mail/letter_text.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

/* Breaks at blanks alone: one that must not be broken is U+00A0. */
static void
wrapped(FILE *out, const char *text)
{
    size_t column = 0;
    while (*text != '\0') {
        size_t bytes = strcspn(text, " \n"), chars = bw_text_chars_of(text, bytes);
        if (column > 0 && column + 1 + chars > BW_LETTER_TEXT_LINE_CHARS) {
            (void)fputc('\n', out);
            column = 0;
        }
        if (column > 0 && bytes > 0) {
            (void)fputc(' ', out);
            column++;
        }
        (void)fwrite(text, 1, bytes, out);
        column += chars;
        text += bytes;
        if (*text == '\n') {
            (void)fputc('\n', out);
            column = 0;
        }
        text += *text != '\0';
    }
    (void)fputc('\n', out);
}

/* As RFC 6068 writes a mail's address and subject; programs make a link of it. */
static void
address_write(const struct bw_letter_part *part, FILE *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~";
    (void)fprintf(out, "mailto:%s?subject=", part->text);
    for (const char *c = part->more; *c != '\0'; c++) {
        if (strchr(plain, *c) != NULL) {
            (void)fputc(*c, out);
        } else {
            (void)fprintf(out, "%%%02X", (unsigned char)*c);
        }
    }
}

static void
part_plain(const struct bw_letter_part *part, FILE *out)
{
    switch (part->kind) {
    case BW_LETTER_PART_WAS:
    case BW_LETTER_PART_HEAD:
        wrapped(out, part->text);
        return;
    case BW_LETTER_PART_TITLE:
    case BW_LETTER_PART_TEXT:
    case BW_LETTER_PART_SIGN:
        wrapped(out, part->text);
        break;
    case BW_LETTER_PART_CODE:
        (void)fprintf(out, "%s: %s\n", part->label, part->text);
        break;
    case BW_LETTER_PART_FACT:
        (void)fprintf(out, "%s:\n", part->label);
        wrapped(out, part->text);
        break;
    case BW_LETTER_PART_LINK:
        (void)fprintf(out, "%s:\n", part->label);
        address_write(part, out);
        (void)fputc('\n', out);
        break;
    case BW_LETTER_PART_FOOT:
        (void)fputs("-- \n", out);
        wrapped(out, part->text);
        return;
    }
    (void)fputc('\n', out);
}

void
bw_letter_parts_plain(const struct bw_letter_parts *letter, FILE *out)
{
    for (int i = 0; i < letter->count; i++) {
        part_plain(&letter->parts[i], out);
    }
}

/* ---- HTML ---- */

#define FONT "font-family:Lato,'Segoe UI',Helvetica,Arial,sans-serif;"
#define INKT "color:#0C2A33;"
#define STEEN "color:#344850;"

/* Dark grounds, and Outlook's way to ask for them. */
static const char style[] =
    ":root{color-scheme:light dark;supported-color-schemes:light dark}\n"
    "@media (prefers-color-scheme:dark){.bg{background:#0A2C37!important}"
    ".tx{color:#F4F7F5!important}.mu{color:#CFE3E5!important}"
    ".bx{border-color:#8FB0B8!important}a{color:#CFE3E5!important}}\n"
    "[data-ogsc] .tx{color:#F4F7F5!important}[data-ogsc] .mu{color:#CFE3E5!important}"
    "[data-ogsb] .bg{background:#0A2C37!important}\n";

static void
paragraph_open(FILE *out, const char *class, const char *look)
{
    (void)fprintf(out, "<p class=\"%s\" style=\"" FONT "%s\">", class, look);
}

/* Line breaks become such. */
static void
lines(FILE *out, const char *text)
{
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        bw_html_part(out, text, (size_t)(end - text));
        (void)fputs("<br>", out);
    }
    bw_html_text(out, text);
}

static void
code_html(const struct bw_letter_part *part, const char *alt, FILE *out)
{
    if (alt != NULL) {
        (void)fputs("<p style=\"margin:8px 0 4px 0\"><img src=\"cid:" BW_LETTER_TEXT_QR_ID
                    "\" width=\"240\" height=\"240\" alt=\"",
            out);
        bw_html_text(out, alt);
        (void)fputs("\" style=\"display:block;width:240px;height:240px;"
                    "background:#FFFFFF;border:0\"></p>\n",
            out);
    }
    paragraph_open(out, "mu", "font-size:15px;" STEEN "margin:0");
    bw_html_text(out, part->label);
    (void)fputs("</p>", out);
    paragraph_open(
        out, "tx", "font-size:28px;letter-spacing:2px;" INKT "margin:0 0 20px 0");
    (void)fputs("<b>", out);
    bw_html_text(out, part->text);
    (void)fputs("</b></p>\n", out);
}

static void
link_html(const struct bw_letter_part *part, FILE *out)
{
    char *address = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&address, &length);
    if (to != NULL) {
        address_write(part, to);
    }
    if (to != NULL && fclose(to) == 0) {
        (void)fputs("<a href=\"", out);
        bw_html_text(out, address);
        (void)fputs("\" style=\"color:#0F3F4D\">", out);
    }
    free(address);
    bw_html_text(out, part->label);
    (void)fputs("</a>", out);
}

static void
text_html(const struct bw_letter_part *part, FILE *out)
{
    paragraph_open(out, "tx", "font-size:17px;line-height:1.5;" INKT "margin:0 0 16px 0");
    if (part->kind == BW_LETTER_PART_LINK) {
        link_html(part, out);
    } else {
        if (part->label != NULL) {
            (void)fprintf(out, "<b>%s</b><br>", part->label);
        }
        lines(out, part->text);
    }
    (void)fputs("</p>\n", out);
}

static void
part_html(
    const struct bw_letter_parts *letter, const struct bw_letter_part *part, FILE *out)
{
    switch (part->kind) {
    case BW_LETTER_PART_WAS:
        paragraph_open(
            out, "mu", "font-size:17px;line-height:1.5;" STEEN "margin:0 0 16px 0");
        (void)fputs("<s>", out);
        bw_html_text(out, part->text);
        (void)fputs("</s></p>\n", out);
        break;
    case BW_LETTER_PART_HEAD:
        (void)fputs("<h1 class=\"tx\" style=\"" FONT
                    "font-size:28px;line-height:1.2;" INKT
                    "margin:0 0 4px 0;font-weight:bold\">",
            out);
        bw_html_text(out, part->text);
        (void)fputs("</h1>\n", out);
        break;
    case BW_LETTER_PART_TITLE:
        paragraph_open(
            out, "tx", "font-size:20px;line-height:1.3;" INKT "margin:0 0 20px 0");
        (void)fputs("<b>", out);
        bw_html_text(out, part->text);
        (void)fputs("</b></p>\n", out);
        break;
    case BW_LETTER_PART_CODE:
        code_html(part, letter->alt, out);
        break;
    case BW_LETTER_PART_TEXT:
    case BW_LETTER_PART_FACT:
    case BW_LETTER_PART_LINK:
    case BW_LETTER_PART_SIGN:
        text_html(part, out);
        break;
    case BW_LETTER_PART_FOOT:
        paragraph_open(out, "mu bx",
            "font-size:14px;line-height:1.4;" STEEN
            "margin:0;padding:12px 0 0 0;border-top:1px solid #586D74");
        bw_html_text(out, part->text);
        (void)fputs("</p>\n", out);
        break;
    }
}

void
bw_letter_parts_html(const struct bw_letter_parts *letter, const char *subject, FILE *out)
{
    (void)fprintf(out,
        "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
        "<title>",
        letter->language);
    bw_html_text(out, subject);
    (void)fprintf(out, "</title><style>\n%s</style></head>\n", style);
    (void)fputs("<body class=\"bg\" style=\"margin:0;padding:0;background:#FFFFFF\">\n"
                "<div class=\"bg\" style=\"max-width:600px;margin:0 auto;padding:24px;"
                "background:#FFFFFF\">\n"
                "<p style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">",
        out);
    bw_html_text(out, letter->preview);
    (void)fputs("</p>\n", out);
    if (letter->organiser[0] != '\0') {
        paragraph_open(
            out, "mu", "font-size:15px;line-height:1.4;" STEEN "margin:0 0 8px 0");
        (void)fputs("<b>", out);
        bw_html_text(out, letter->organiser);
        (void)fputs("</b></p>\n", out);
    }
    for (int i = 0; i < letter->count; i++) {
        part_html(letter, &letter->parts[i], out);
    }
    (void)fputs("</div></body></html>\n", out);
}
