/* "Lees voor": the texts of the page in the order in which they are read. Names and
 * schools are left out of a loudspeaker's reading by laying the page out without them. */
#include "aloud.h"

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

static int
by_place(const void *a, const void *b)
{
    const struct bw_ui_mark *one = *(const struct bw_ui_mark *const *)a;
    const struct bw_ui_mark *other = *(const struct bw_ui_mark *const *)b;
    int row = one->rect.h < other->rect.h ? one->rect.h : other->rect.h;
    int apart = one->rect.y + one->rect.h / 2 - other->rect.y - other->rect.h / 2;
    if (apart > row / 2 || apart < -row / 2) {
        return apart;
    }
    return one->rect.x - other->rect.x;
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

int
bw_ui_aloud_write(const struct bw_ui_page *page, char *ret_text, int capacity)
{
    const struct bw_ui_mark *texts[BW_MARKS_MAX];
    size_t count = 0;
    int used = 0;
    for (int i = first_mark(page); i < page->marks_count; i++) {
        const struct bw_ui_mark *mark = &page->marks[i];
        if (mark->kind == BW_MARK_TEXT && mark->must_read && !mark->decoration) {
            texts[count++] = mark;
        }
    }
    qsort(texts, count, sizeof texts[0], by_place);
    ret_text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *line = bw_ui_mark_name(page, texts[i]);
        int bytes = (int)strlen(line) - (hangs(line) && i + 1 == count);
        if (strchr(line, ' ') == NULL && strlen(line) <= 1) {
            continue; /* keys */
        }
        if (used + bytes + 2 > capacity) {
            break;
        }
        used +=
            snprintf(ret_text + used, (size_t)(capacity - used), "%.*s\n", bytes, line);
    }
    return used;
}

static bool
is_key(enum bw_action action)
{
    return action == BW_ACTION_KEY || action == BW_ACTION_SPACE ||
           action == BW_ACTION_DELETE || action == BW_ACTION_SHIFT ||
           action == BW_ACTION_DIGITS;
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
