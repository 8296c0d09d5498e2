/* Keys of the catalogue, and what the view has for them, as text. */
#include "say.h"

#include <stdio.h>
#include <string.h>

void
bw_ui_say(struct bw_ui_page *page, const char *key, const struct bw_values *values,
    char ret_text[BW_WORDING_BYTES])
{
    bw_ui_wording_say(page->kit.wording, key, values, ret_text, BW_WORDING_BYTES);
}

void
bw_ui_say_when(struct bw_ui_page *page, const struct bw_view *view, const char *key,
    const struct bw_values *values, char ret_text[BW_WORDING_BYTES])
{
    struct bw_ui_wording *wording = page->kit.wording;
    char dated[BW_KEY_BYTES + 4], today[64], day[64];
    snprintf(dated, sizeof dated, "%s.day", key);
    bw_ui_wording_moment(wording, BW_MOMENT_DATE, view->now_ms, today, sizeof today);
    bw_ui_wording_moment(wording, BW_MOMENT_DATE, values->time_ms, day, sizeof day);
    bool other = values->time_ms > 0 && strcmp(today, day) != 0;
    bw_ui_say(
        page, other && bw_ui_wording_has(wording, dated) ? dated : key, values, ret_text);
}

bool
bw_ui_whose_turn(const struct bw_view *view)
{
    const struct bw_overview *o = &view->overview;
    return o->ledger.released && o->next_position > 0 && o->ledger.free > 0;
}

void
bw_ui_first_words(char *name)
{
    enum { CHARS_MOST = 24 };
    int chars = 0;
    char *blank = NULL; /* the last that fits */
    for (char *at = name; *at; at++) {
        if (*at == ' ' && (chars <= CHARS_MOST || !blank)) {
            blank = at;
        }
        chars += ((unsigned char)*at & 0xC0) != 0x80;
    }
    if (chars > CHARS_MOST && blank) {
        *blank = '\0';
    }
}
