/* Copies into a view's fixed texts. */
#include "text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Takes half a character from the end of a text that was cut. */
static void
end_whole(char *text)
{
    size_t end = strlen(text);
    size_t lead = end;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xc0) == 0x80) {
        lead--;
    }
    unsigned char first = lead > 0 ? (unsigned char)text[lead - 1] : 0;
    size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (bytes > 1 && end - lead + 1 < bytes) {
        text[lead - 1] = '\0';
    }
}

void
bw_flow_set_text(char *ret_text, size_t capacity, const char *text)
{
    if (snprintf(ret_text, capacity, "%s", text) >= (int)capacity) {
        end_whole(ret_text);
    }
}

void
bw_flow_set_key(char key[BW_KEY_BYTES], const char *text)
{
    assert(strlen(text) < BW_KEY_BYTES);
    bw_flow_set_text(key, BW_KEY_BYTES, text);
}

void
bw_flow_set_full_name(
    char *ret_text, size_t capacity, const char *first, const char *last)
{
    if (snprintf(ret_text, capacity, "%s%s%s", first, first[0] && last[0] ? " " : "",
            last) >= (int)capacity) {
        end_whole(ret_text);
    }
}

void
bw_flow_set_button(struct bw_button *button, enum bw_action action, int index,
    enum bw_button_kind kind, const char *key, const char *icon)
{
    button->action = action;
    button->index = index;
    button->kind = kind;
    bw_flow_set_key(button->key, key);
    bw_flow_set_key(button->icon, icon);
}

void
bw_flow_add_button(struct bw_view *view, enum bw_action action, enum bw_button_kind kind,
    const char *key, const char *icon)
{
    assert(view->buttons_count < BW_VIEW_BUTTONS);
    bw_flow_set_button(&view->buttons[view->buttons_count++], action, 0, kind, key, icon);
}

void
bw_flow_values_init(const struct bw_flow *flow, struct bw_values *values)
{
    const struct bw_overview *overview = &flow->overview;
    memset(values, 0, sizeof *values);
    bw_flow_set_text(values->desk, sizeof values->desk, overview->session.desk);
    bw_flow_set_text(values->kind, sizeof values->kind, overview->session.kind);
    bw_flow_set_text(values->id, sizeof values->id, overview->device_name);
    bw_flow_set_text(values->phone, sizeof values->phone, overview->contact_phone);
    values->n = overview->ledger.present;
    values->cap = overview->ledger.capacity;
    values->p = overview->ledger.present;
    values->e = overview->ledger.expected;
    values->f = overview->ledger.free;
    values->w = overview->ledger.waitlisted;
}

bool
bw_flow_is_disk_low(const struct bw_flow *flow)
{
    int64_t bytes = flow->overview.free_bytes;
    return bytes >= 0 && bytes < STORAGE_LOW;
}
