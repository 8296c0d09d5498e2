/* Lines of a text: broken at blanks, balanced, cut with an ellipsis. A number stays with
 * what follows it ("13.30 uur", "050 123 45 67"), and a sentence begins a line where that
 * costs none. */
#include "text.h"
#include "run.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

/* Bytes of the longest part that fits, broken inside a word where nothing else helps. */
static size_t
bytes_that_fit(struct bw_ui_text *text, const char *utf8, size_t bytes,
    struct bw_ui_style style, int width)
{
    size_t fit = 0;
    const char *cursor = utf8;
    while (bw_ui_utf8_next(&cursor, utf8 + bytes)) {
        size_t upto = (size_t)(cursor - utf8);
        if (bw_ui_text_width_of(text, utf8, upto, style) > width) {
            break;
        }
        fit = upto;
    }
    return fit;
}

static size_t
one_character(const char *utf8, size_t bytes)
{
    const char *cursor = utf8;
    bw_ui_utf8_next(&cursor, utf8 + bytes);
    return (size_t)(cursor - utf8);
}

/* Bytes up to the next blank at which a line may end. */
static size_t
unit_bytes(const char *utf8)
{
    size_t at = strcspn(utf8, " \n");
    while (utf8[at] == ' ' && at > 0 && isdigit((unsigned char)utf8[at - 1])) {
        at += 1 + strcspn(utf8 + at + 1, " \n");
    }
    return at;
}

/* Bytes of the next line, without the blank or break that ends it. */
static size_t
next_line(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style, int width)
{
    size_t whole = strcspn(utf8, "\n");
    size_t fit = 0;
    size_t at = 0;
    while (at < whole) {
        size_t word_end = at + unit_bytes(utf8 + at);
        if (bw_ui_text_width_of(text, utf8, word_end, style) > width) {
            break;
        }
        fit = word_end;
        at = word_end + 1;
    }
    if (fit || !whole) {
        return fit;
    }
    size_t word = strcspn(utf8, " \n");
    size_t part = bytes_that_fit(text, utf8, word, style, width);
    return part ? part : one_character(utf8, word);
}

static void
cut_last(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style, int width,
    struct bw_ui_lines *lines)
{
    int last = lines->count - 1;
    int space = width - bw_ui_text_width(text, ELLIPSIS, style);
    size_t rest = strcspn(utf8 + lines->start[last], "\n");
    size_t fit = bytes_that_fit(text, utf8 + lines->start[last], rest, style, space);
    while (fit && utf8[lines->start[last] + (int)fit - 1] == ' ') {
        fit--;
    }
    lines->bytes[last] = (int)fit;
    lines->cut = true;
    lines->width[last] = width;
}

static void
break_lines(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style,
    int width, int lines_max, struct bw_ui_lines *lines)
{
    const char *at = utf8;
    *lines = (struct bw_ui_lines){0};
    while (*at && lines->count < lines_max) {
        size_t bytes = next_line(text, at, style, width);
        int i = lines->count++;
        lines->start[i] = (int)(at - utf8);
        lines->bytes[i] = (int)bytes;
        lines->width[i] = bw_ui_text_width_of(text, at, bytes, style);
        at += bytes;
        at += *at == ' ' || *at == '\n';
    }
    if (*at && lines->count) {
        cut_last(text, utf8, style, width, lines);
    }
    for (int i = 0; i < lines->count; i++) {
        lines->widest = lines->width[i] > lines->widest ? lines->width[i] : lines->widest;
    }
}

/* Smallest width that keeps the number of lines. */
static int
even_width(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style, int width,
    int count)
{
    struct bw_ui_lines tried;
    int low = width / (count + 1);
    int high = width;
    while (high - low > 2) {
        int middle = (low + high) / 2;
        break_lines(text, utf8, style, middle, BW_LINES_MAX, &tried);
        bool broken_word = tried.widest > middle;
        if (tried.count <= count && !tried.cut && !broken_word) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

static int
widest_word(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style)
{
    int widest = 0;
    while (*utf8) {
        size_t bytes = unit_bytes(utf8);
        int width = bw_ui_text_width_of(text, utf8, bytes, style);
        widest = width > widest ? width : widest;
        utf8 += bytes;
        utf8 += *utf8 != '\0';
    }
    return widest;
}

/* A sentence's end, not a point within a word ("v.d. Heijden"). */
static bool
ends_sentence(const char *utf8, size_t at)
{
    if (!strchr(".?!", utf8[at]) || utf8[at + 1] != ' ' || at < 2) {
        return false;
    }
    for (size_t i = at; i-- > 0 && utf8[i] != ' ' && utf8[i] != '\n';) {
        if (utf8[i] == '.' && !isdigit((unsigned char)utf8[i + 1])) {
            return false;
        }
    }
    return utf8[at - 2] != ' ';
}

/* Every sentence on a line of its own; false where there is but one. */
static bool
break_sentences(const char *utf8, char *ret_text)
{
    bool several = false;
    snprintf(ret_text, BW_LINE_BYTES, "%s", utf8);
    for (size_t i = 0; ret_text[i]; i++) {
        if (ends_sentence(ret_text, i)) {
            ret_text[i + 1] = '\n';
            several = true;
        }
    }
    return several;
}

void
bw_ui_text_wrap(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style,
    int width, int lines_max, bool balanced, struct bw_ui_lines *ret_lines)
{
    char sentences[BW_LINE_BYTES];
    struct bw_ui_lines apart;
    lines_max = lines_max > BW_LINES_MAX ? BW_LINES_MAX : lines_max;
    break_lines(text, utf8, style, width, lines_max, ret_lines);
    if (!balanced || ret_lines->count < 2 || ret_lines->cut) {
        return;
    }
    if (strlen(utf8) < BW_LINE_BYTES && break_sentences(utf8, sentences)) {
        break_lines(text, sentences, style, width, lines_max, &apart);
        utf8 = apart.count == ret_lines->count && !apart.cut ? sentences : utf8;
    }
    int even = even_width(text, utf8, style, width, ret_lines->count);
    int word = widest_word(text, utf8, style);
    even = even < word && word <= width ? word : even;
    break_lines(text, utf8, style, even, lines_max, ret_lines);
}

bool
bw_ui_text_fit(struct bw_ui_text *text, const char *utf8, struct bw_ui_style style,
    int width, char *ret_line)
{
    if (bw_ui_text_width(text, utf8, style) <= width) {
        snprintf(ret_line, BW_LINE_BYTES, "%s", utf8);
        return false;
    }
    int space = width - bw_ui_text_width(text, ELLIPSIS, style);
    size_t fit = bytes_that_fit(text, utf8, strlen(utf8), style, space);
    while (fit && utf8[fit - 1] == ' ') {
        fit--;
    }
    snprintf(ret_line, BW_LINE_BYTES, "%.*s" ELLIPSIS, (int)fit, utf8);
    return true;
}
