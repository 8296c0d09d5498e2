/* Files that are to be imported: see draft.h. */
#include "web/work/draft.h"

#include "central/base/output.h"
#include "central/records.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- files ---- */

/* Two of one name get a number before theirs. */
static enum bw_status
file_keep(struct bw_web_draft *draft, const struct bw_web_upload *upload, size_t at,
    struct bw_error *err)
{
    char path[PATH_MAX], name[BW_WEB_UPLOAD_NAME_BYTES + 8];
    (void)snprintf(name, sizeof name, "%s", upload->name);
    enum bw_status status = bw_path_join(draft->folder, name, path, err);
    if (status == BW_OK && access(path, F_OK) == 0) {
        (void)snprintf(name, sizeof name, "%zu-%s", at + 1, upload->name);
        status = bw_path_join(draft->folder, name, path, err);
    }
    if (status != BW_OK) {
        return status;
    }
    draft->files++;
    size_t used = strlen(draft->names);
    if (used + strlen(name) + 3 < sizeof draft->names) {
        (void)snprintf(draft->names + used, sizeof draft->names - used, "%s%s",
            used > 0 ? ", " : "", name);
    }
    return bw_output_bytes(path, 0600, upload->bytes, upload->length, err);
}

/* ---- life ---- */

static void
table_finish(struct bw_web_draft_table *table)
{
    for (int i = 0; i < table->maps_count; i++) {
        free(table->maps[i]);
    }
    for (int i = 0; i < table->aliases_count; i++) {
        free(table->aliases[i]);
    }
    free(table->questions);
    bw_import_reading_finish(table->reading);
    free(table->reading);
    bw_import_result_finish(&table->result);
}

void
bw_web_draft_forget(struct bw_web_draft *draft)
{
    for (size_t i = 0; draft->tables != NULL && i < draft->list.count; i++) {
        table_finish(&draft->tables[i]);
    }
    free(draft->tables);
    draft->tables = NULL;
    bw_import_list_finish(&draft->list);
}

void
bw_web_draft_drop(struct bw_web_draft *draft)
{
    if (draft == NULL) {
        return;
    }
    bw_web_work_drop(draft->work);
    bw_web_draft_forget(draft);
    bw_web_folder_remove(draft->folder);
    *draft = (struct bw_web_draft){.id = ""};
}

void
bw_web_drafts_finish(struct bw_web_drafts *drafts)
{
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        bw_web_draft_drop(&drafts->items[i]);
    }
}

/* One that is free, else the oldest that isn't at work; NULL: all are. */
static struct bw_web_draft *
room_for_draft(struct bw_web_drafts *drafts)
{
    struct bw_web_draft *oldest = NULL;
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        struct bw_web_draft *draft = &drafts->items[i];
        if (draft->id[0] == '\0') {
            return draft;
        }
        if (draft->work == NULL &&
            (oldest == NULL || draft->since_ms < oldest->since_ms)) {
            oldest = draft;
        }
    }
    bw_web_draft_drop(oldest);
    return oldest;
}

enum bw_status
bw_web_draft_new(struct bw_web_drafts *drafts, const struct bw_web_work_plan *plan,
    const struct bw_web_uploads *uploads, struct bw_web_draft **ret_draft,
    struct bw_error *err)
{
    unsigned char id[(BW_WEB_DRAFT_ID_BYTES - 1) / 2];
    struct bw_web_draft *draft = room_for_draft(drafts);
    if (draft == NULL) {
        return bw_error_set(err, BW_BUSY, 0,
            "keeping the files: all that were given before are being worked on; wait a "
            "little, and give them again");
    }
    *draft = (struct bw_web_draft){.plan = *plan, .kind = BW_IMPORT_REGISTRATIONS};
    draft->since_ms = draft->plan.clock.mono_ms(&draft->plan.clock);
    enum bw_status status = bw_web_folder_make(draft->folder, err);
    for (size_t i = 0; status == BW_OK && i < uploads->count; i++) {
        status = file_keep(draft, &uploads->items[i], i, err);
    }
    if (status != BW_OK) {
        bw_web_draft_drop(draft);
        return status;
    }
    randombytes_buf(id, sizeof id);
    (void)sodium_bin2hex(draft->id, sizeof draft->id, id, sizeof id);
    *ret_draft = draft;
    return BW_OK;
}

struct bw_web_draft *
bw_web_draft_of(struct bw_web_drafts *drafts, const char *id)
{
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        if (id[0] != '\0' && strcmp(drafts->items[i].id, id) == 0) {
            return &drafts->items[i];
        }
    }
    return NULL;
}

/* ---- works ---- */

static enum bw_status
begin(struct bw_web_draft *draft, bool taking, struct bw_error *err)
{
    draft->plan.preview = !taking;
    draft->plan.job = taking ? bw_web_draft_job_take : bw_web_draft_job_look;
    draft->plan.context = draft;
    draft->taking = taking;
    draft->failed = (struct bw_error){.text = ""};
    draft->stopped = false;
    return bw_web_work_begin(&draft->plan, &draft->work, err);
}

enum bw_status
bw_web_draft_look(struct bw_web_draft *draft, struct bw_error *err)
{
    return draft->work != NULL || draft->looked || draft->taken ||
                   draft->failed.text[0] != '\0'
               ? BW_OK
               : begin(draft, false, err);
}

enum bw_status
bw_web_draft_take(struct bw_web_draft *draft, const char *picture, struct bw_error *err)
{
    if (draft->work != NULL || draft->taken) {
        return BW_OK; /* asked twice */
    }
    bw_text_copy(draft->wanted, sizeof draft->wanted, picture);
    draft->stale = false;
    return begin(draft, true, err);
}

bool
bw_web_draft_settled(
    struct bw_web_draft *draft, int wait_ms, struct bw_web_work_state *ret_state)
{
    if (draft->work == NULL) {
        return true;
    }
    bw_web_work_look(draft->work, wait_ms, ret_state);
    if (!ret_state->over) {
        return false;
    }
    struct bw_error err = {.text = ""};
    enum bw_status status = bw_web_work_end(draft->work, &err);
    draft->work = NULL;
    draft->failed = err;
    draft->stopped = status == BW_REFUSED && ret_state->stopping;
    draft->looked = status == BW_OK || draft->taking;
    draft->taken = status == BW_OK && draft->taking && !draft->stale;
    return true;
}

/* ---- answers ---- */

static bool
answer(char **list, int *count, const char *text)
{
    size_t name = strcspn(text, "=");
    for (int i = 0; i < *count; i++) {
        if (strncmp(list[i], text, name + 1) == 0) {
            char *copy = strdup(text);
            if (copy != NULL) {
                free(list[i]);
                list[i] = copy;
            }
            return copy != NULL;
        }
    }
    if (*count == BW_WEB_DRAFT_ANSWERS_MAX || (list[*count] = strdup(text)) == NULL) {
        return false;
    }
    (*count)++;
    return true;
}

bool
bw_web_draft_map(struct bw_web_draft_table *table, const char *map)
{
    return answer(table->maps, &table->maps_count, map);
}

bool
bw_web_draft_alias(struct bw_web_draft_table *table, const char *alias)
{
    return answer(table->aliases, &table->aliases_count, alias);
}

void
bw_web_draft_dates_of_all(struct bw_web_draft *draft)
{
    for (size_t i = 0; draft->tables != NULL && i < draft->list.count; i++) {
        draft->tables[i].dates = BW_DATE_UNSAID;
    }
}

void
bw_web_draft_answered(struct bw_web_draft *draft)
{
    draft->round++;
    draft->looked = draft->stale = false;
    draft->failed = (struct bw_error){.text = ""};
    draft->stopped = false;
}

bool
bw_web_draft_is_ready(const struct bw_web_draft *draft)
{
    size_t out = 0;
    bool fine = true;
    for (size_t i = 0; draft->looked && i < draft->list.count; i++) {
        out += draft->tables[i].left_out;
        fine = fine && (draft->tables[i].left_out || draft->tables[i].status == BW_OK);
    }
    return draft->looked && fine && out < draft->list.count;
}
