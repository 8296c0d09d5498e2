/* Groups of who is due: see told_group.h. */
#include "office/mail/told_group.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/mail/told_list.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

void
bw_told_groups_finish(struct bw_told_groups *groups)
{
    if (groups != NULL) {
        free(groups->items);
        *groups = (struct bw_told_groups){.items = NULL};
    }
}

static bool
find_kind(const char *name, size_t length, enum bw_told_kind *ret_kind)
{
    for (int i = 0; i < BW_TOLD_KINDS; i++) {
        const char *known = bw_told_kind_name((enum bw_told_kind)i);
        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            *ret_kind = (enum bw_told_kind)i;
            return true;
        }
    }
    return false;
}

/* One of them; `length` bytes of the word. */
static enum bw_status
add_one(struct bw_central *central, const char *word, size_t length,
    struct bw_told_groups *groups, struct bw_error *err)
{
    struct bw_told_group group = {.session_code = ""};
    struct bw_session session;
    char code[BW_LABEL_BYTES] = "";
    size_t of_kind = strcspn(word, "@,");
    bool named = of_kind < length;
    if (!find_kind(word, of_kind, &group.kind) ||
        (named && length - of_kind - 1 >= sizeof code)) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "reading which mails are meant: \"%.*s\" is no group of them; one is "
            "ticket, place, moved, cancelled, waiting, renewed or certificate, of one "
            "session ticket@SESSION",
            (int)(length < BW_LABEL_BYTES ? length : BW_LABEL_BYTES), word);
    }
    if (named) {
        (void)snprintf(
            code, sizeof code, "%.*s", (int)(length - of_kind - 1), word + of_kind + 1);
        enum bw_status status = bw_record_session(central, code, &session, err);
        if (status != BW_OK) {
            return status;
        }
        bw_text_copy(group.session_code, sizeof group.session_code, session.code);
    }
    struct bw_told_group *slot =
        bw_array_more(&groups->items, &groups->count, &groups->capacity, sizeof *slot);
    if (slot == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "reading which mails are meant: no memory");
    }
    *slot = group;
    return BW_OK;
}

enum bw_status
bw_told_groups_add(struct bw_central *central, const char *word,
    struct bw_told_groups *groups, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (const char *at = word; status == BW_OK && at != NULL;) {
        size_t length = strcspn(at, ",");
        status = add_one(central, at, length, groups, err);
        at = at[length] == ',' ? at + length + 1 : NULL;
    }
    return status;
}

static bool
is_meant(const struct bw_told_groups *groups, const struct bw_told_due *due)
{
    bool meant = groups->count == 0;
    for (size_t i = 0; !meant && i < groups->count; i++) {
        const struct bw_told_group *group = &groups->items[i];
        meant = group->kind == due->kind &&
                (group->session_code[0] == '\0' ||
                    strcmp(group->session_code, due->session->code) == 0);
    }
    return meant;
}

void
bw_told_groups_keep(const struct bw_told_groups *groups, struct bw_told_list *list)
{
    size_t kept = 0, apart = 0;
    list->hindered = 0;
    list->unsure = 0;
    list->written = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (is_meant(groups, &list->due[i])) {
            list->due[kept] = list->due[i];
            bw_told_list_count(list, &list->due[kept++]);
        }
    }
    for (size_t i = 0; i < list->apart_count; i++) {
        if (is_meant(groups, &list->apart[i])) {
            list->apart[apart++] = list->apart[i];
        }
    }
    list->count = kept;
    list->apart_count = apart;
}
