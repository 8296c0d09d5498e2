/* "Lees voor": the page in the order of what it says, not of where it stands: headline,
 * what to do, details, buttons; a sentence as one line, whatever its lines. Names and
 * schools are left out of a loudspeaker's reading by laying the page out without them. */
#include "aloud.h"

#include "ui/widget/focus.h"
#include "ui/widget/widget.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is personal on an attendee's screen. */
void
bw_ui_aloud_veil(struct bw_view *view)
{
    if (view->screen == BW_SCREEN_RESULT) {
        view->result.big_name = false;
        view->result.school[0] = '\0';
        memset(view->result.values.name, 0, sizeof view->result.values.name);
    }
    if (view->screen == BW_SCREEN_SEARCH) {
        memset(view->search.text, 0, sizeof view->search.text);
        memset(view->dialog.values.name, 0, sizeof view->dialog.values.name);
    }
}

/* What a screen is for, what to do, details; each as it was drawn. */
static int
by_order(const void *a, const void *b)
{
    const struct bw_ui_mark *one = *(const struct bw_ui_mark *const *)a;
    const struct bw_ui_mark *other = *(const struct bw_ui_mark *const *)b;
    if (one->said != other->said) {
        return one->said < other->said ? -1 : 1;
    }
    return one < other ? -1 : 1;
}

/* A blank, or ", " where a comma before a left-out name would hang in the air. */
static bool
hangs(const char *line)
{
    size_t bytes = strlen(line);
    return bytes > 0 && line[bytes - 1] == ',';
}

/* What lies below a dialog isn't there for the ear either. */
static int
first_mark(const struct bw_ui_page *page)
{
    int first = page->marks_count;
    while (first > 0 && page->marks[first - 1].colour != BW_SCRIM) {
        first--;
    }
    return first;
}

static bool
is_key(enum bw_action action)
{
    return action == BW_ACTION_KEY || action == BW_ACTION_SPACE ||
           action == BW_ACTION_DELETE || action == BW_ACTION_SHIFT ||
           action == BW_ACTION_DIGITS;
}

#define DOT "\xC2\xB7"

/* The line that is being written, and what room there is. */
struct writer {
    char *text;
    int used, capacity;
};

/* False where there was no room. A line that goes on continues the one before. */
static bool
put_line(struct writer *to, const char *line, size_t bytes, bool goes_on)
{
    if (to->used + (int)bytes + 2 > to->capacity) {
        return false;
    }
    if (goes_on && to->used > 0) {
        to->text[to->used - 1] = ' '; /* for the line's end */
    }
    for (size_t i = 0; i < bytes; i++) {
        bool dot = strncmp(line + i, DOT, strlen(DOT)) == 0;
        bool blank = line[i] == '\n' || line[i] == ' ';
        bool after_blank = to->used > 0 && to->text[to->used - 1] == ' ';
        if (dot) { /* a voice would name it */
            to->used -= after_blank;
            to->text[to->used++] = ',';
            i += strlen(DOT) - 1;
        } else if (!blank || !after_blank) {
            to->text[to->used++] = line[i] == '\n' ? ' ' : line[i];
        }
    }
    to->text[to->used++] = '\n';
    to->text[to->used] = '\0';
    return true;
}

/* By their names, in the order of the keyboard's ring; keys aren't read. */
static void
put_buttons(struct writer *to, const struct bw_ui_page *page)
{
    struct bw_ui_focus_ring ring = {.action = BW_ACTION_NONE};
    for (int i = 0; i < page->targets_count; i++) {
        bw_ui_focus_move(&ring, page, BW_FOCUS_NEXT);
        const struct bw_ui_target *target = bw_ui_focus_target(&ring, page);
        const char *name = target ? page->names + target->name : "";
        if (*name && !is_key(target->action) &&
            !put_line(to, name, strlen(name), false)) {
            return;
        }
    }
}

int
bw_ui_aloud_write(const struct bw_ui_page *page, char *ret_text, int capacity)
{
    const struct bw_ui_mark *texts[BW_MARKS_MAX];
    size_t count = 0;
    struct writer to = {.text = ret_text, .capacity = capacity};
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        if (mark->kind == BW_MARK_TEXT && mark->must_read && !mark->decoration &&
            mark->said < BW_SAID_BY_NAME) {
            texts[count++] = mark;
        }
    }
    qsort(texts, count, sizeof texts[0], by_order);
    ret_text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *line = bw_ui_mark_name(page, texts[i]);
        size_t bytes = strlen(line);
        bool last = i + 1 == count || texts[i + 1]->said != texts[i]->said;
        bytes -= hangs(line) && last;
        if (!put_line(&to, line, bytes, texts[i]->goes_on)) {
            return to.used;
        }
    }
    if (count > 0) {
        put_buttons(&to, page);
    }
    return to.used;
}

/* Signs that a voice passes over. */
static const char *
sign_key(const char *name)
{
    return strcmp(name, "-") == 0   ? "aloud.dash"
           : strcmp(name, "'") == 0 ? "aloud.quote"
                                    : NULL;
}

int
bw_ui_aloud_write_target(struct bw_ui_page *page, const struct bw_ui_target *target,
    char *ret_text, int capacity)
{
    char name[BW_WORDING_BYTES], what[BW_WORDING_BYTES];
    const char *label = page->names + target->name;
    const char *sign = sign_key(label);
    (void)snprintf(name, sizeof name, "%s", label);
    if (sign) {
        bw_ui_say(page, sign, NULL, name);
    }
    for (char *at = strchr(name, '\n'); at; at = strchr(at, '\n')) {
        *at = ' ';
    }
    bw_ui_say(page, is_key(target->action) ? "aloud.key" : "aloud.button", NULL, what);
    int used = snprintf(ret_text, (size_t)capacity, "%s, %s\n", name, what);
    return used < capacity ? used : capacity - 1;
}
