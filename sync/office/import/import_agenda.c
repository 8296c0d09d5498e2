/* `import agenda`: the file is the whole agenda; rows that are gone from it are gone. */
#include "central/central.h"
#include "central/records.h"
#include "office/import/read/date_order.h"
#include "office/import/import_state.h"
#include "office/step.h"
#include "central/base/array.h"

#include <brugwachter/said.h>
#include <brugwachter/session.h>
#include <stdlib.h>
#include <string.h>

enum agenda_field { KIND, TITLE, STARTS_AT, ENDS_AT, AUDIENCE, URL };

const struct bw_field bw_import_agenda_fields[] = {
    [KIND] = {"kind", "kind soort", .shown = "kind"},
    [TITLE] = {"title", "title titel", .shown = "title"},
    [STARTS_AT] = {"starts_at", "startsat begin start", .shown = "starts_at",
        .is_time = true},
    [ENDS_AT] = {"ends_at", "endsat einde eind", .shown = "ends_at", .is_time = true},
    [AUDIENCE] = {"audience", "audience doelgroep", .shown = "audience"},
    [URL] = {"url", "url link", .shown = "url"},
    {.name = NULL},
};

struct import_agenda {
    struct bw_agenda_item *items;
    size_t count, capacity;
    bool no_memory;
};

/* ---- a row ---- */

/* A link is drawn as a QR code that people scan: only the web, no blanks, ASCII alone. */
static bool
is_link(const char *url)
{
    if (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0) {
        return false;
    }
    for (; *url != '\0'; url++) {
        if (*url <= ' ' || *url > '~' || strchr("\"<>\\^`{|}", *url) != NULL) {
            return false;
        }
    }
    return true;
}

static bool
read_times(
    struct bw_import *import, const struct bw_csv_row *row, struct bw_agenda_item *item)
{
    bool starts = bw_import_raw(import, row, STARTS_AT)[0] != '\0';
    bool ends = bw_import_raw(import, row, ENDS_AT)[0] != '\0';
    if (starts &&
        !bw_import_time(import, row, STARTS_AT, import->zone, &item->starts_ms)) {
        return false;
    }
    if (ends && !bw_import_time(import, row, ENDS_AT, import->zone, &item->ends_ms)) {
        return false;
    }
    if (ends && (!starts || item->ends_ms < item->starts_ms)) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "it ends (ends_at) before it starts (starts_at)");
        return false;
    }
    if (starts && !ends) {
        item->ends_ms = item->starts_ms;
    }
    return true;
}

static bool
read_row(
    struct bw_import *import, const struct bw_csv_row *row, struct bw_agenda_item *ret)
{
    struct bw_agenda_item item = {.starts_ms = 0};
    if (bw_import_is_shifted(import, row)) {
        return false;
    }
    const char *kind = bw_import_text(import, row, KIND, BW_LABEL_BYTES - 1);
    const char *title = bw_import_text(import, row, TITLE, BW_TITLE_CHARS);
    const char *audience = bw_import_text(import, row, AUDIENCE, BW_TITLE_CHARS);
    const char *url = bw_import_text(import, row, URL, BW_URL_BYTES - 1);
    if (kind == NULL || title == NULL || audience == NULL || url == NULL) {
        return false;
    }
    if (title[0] == '\0' || strlen(kind) >= BW_LABEL_BYTES) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            title[0] == '\0' ? BW_SAYS("title is empty") : BW_SAYS("kind is too long"));
        return false;
    }
    if (url[0] != '\0' && !is_link(url)) {
        bw_import_reject(import, row->line, BW_REJECT_INVALID,
            "url \"%.80s\" is no link to the web (https://…)", url);
        return false;
    }
    bw_text_copy(item.kind, sizeof item.kind, kind);
    bw_text_copy(item.title, sizeof item.title, title);
    bw_text_copy(item.audience, sizeof item.audience, audience);
    bw_text_copy(item.url, sizeof item.url, url);
    if (!read_times(import, row, &item)) {
        return false;
    }
    *ret = item;
    return true;
}

/* ---- into the database ---- */

static bool
agenda_add(struct import_agenda *agenda, const struct bw_agenda_item *item)
{
    struct bw_agenda_item *place =
        bw_array_more(&agenda->items, &agenda->count, &agenda->capacity, sizeof *place);
    agenda->no_memory = agenda->no_memory || place == NULL;
    if (place != NULL) {
        *place = *item;
    }
    return place != NULL;
}

static bool
on_item(const struct bw_sql_value *c, int count, void *context)
{
    (void)count;
    struct bw_agenda_item item = {
        .starts_ms = c[2].number,
        .ends_ms = c[3].number,
    };
    bw_text_copy(item.kind, sizeof item.kind, c[0].text);
    bw_text_copy(item.title, sizeof item.title, c[1].text);
    bw_text_copy(item.audience, sizeof item.audience, c[4].text);
    bw_text_copy(item.url, sizeof item.url, c[5].text);
    return agenda_add(context, &item);
}

static bool
is_same(const struct bw_agenda_item *a, const struct bw_agenda_item *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->title, b->title) == 0 &&
           strcmp(a->audience, b->audience) == 0 && strcmp(a->url, b->url) == 0 &&
           a->starts_ms == b->starts_ms && a->ends_ms == b->ends_ms;
}

static bool
holds(const struct import_agenda *agenda, const struct bw_agenda_item *item)
{
    for (size_t i = 0; i < agenda->count; i++) {
        if (is_same(&agenda->items[i], item)) {
            return true;
        }
    }
    return false;
}

/* What is new is added; what is gone, or stands elsewhere, is a change. */
static void
count_changes(struct bw_import *import, const struct import_agenda *old,
    const struct import_agenda *new)
{
    bool moved = old->count != new->count;
    for (size_t i = 0; i < new->count; i++) {
        import->result.added += !holds(old, &new->items[i]);
        moved = moved || i >= old->count || !is_same(&old->items[i], &new->items[i]);
    }
    for (size_t i = 0; i < old->count; i++) {
        import->result.gone += !holds(new, &old->items[i]);
    }
    import->result.changed = import->result.gone;
    if (moved && import->result.added == 0 && import->result.changed == 0) {
        import->result.changed = 1;
    }
}

enum { ITEM_COLUMNS = 8 };

static void
fill_item(size_t at, struct bw_sql_value *ret_values, const void *context)
{
    const struct bw_agenda_item *item = &((const struct bw_agenda_item *)context)[at];
    const struct bw_sql_value values[ITEM_COLUMNS] = {
        bw_sql_int((int64_t)at + 1),
        bw_sql_text(item->kind),
        bw_sql_text(item->title),
        bw_sql_int(item->starts_ms),
        bw_sql_int(item->ends_ms),
        bw_sql_text(item->audience),
        bw_sql_text(item->url),
        bw_sql_int(0),
    };
    memcpy(ret_values, values, sizeof values);
}

/* Together: numbers are held meanwhile (C3). */
static enum bw_status
replace(
    struct bw_import *import, const struct import_agenda *agenda, struct bw_error *err)
{
    static const struct bw_sql_columns columns = {.table = "agenda_item",
        .names = "item_no, kind, title, starts_ms, ends_ms, audience, url, revision",
        .count = ITEM_COLUMNS};
    struct bw_central *central = import->office->central;
    enum bw_status status =
        bw_central_run(central, "DELETE FROM agenda_item", NULL, 0, NULL, NULL, err);
    return status == BW_OK ? bw_central_insert(central, &columns, agenda->count,
                                 fill_item, agenda->items, err)
                           : status;
}

static enum bw_status
write_agenda(
    struct bw_import *import, const struct import_agenda *agenda, struct bw_error *err)
{
    struct bw_central *central = import->office->central;
    struct import_agenda old = {.items = NULL};
    int64_t batch_no = 0;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) { /* it is the whole agenda */
        status = bw_central_lock_numbers(central, err);
    }
    if (status == BW_OK) {
        status = bw_central_run(central,
            "SELECT kind, title, starts_ms, ends_ms, audience, url FROM agenda_item"
            " ORDER BY item_no",
            NULL, 0, on_item, &old, err);
    }
    if (status == BW_OK) {
        import->no_memory = import->no_memory || old.no_memory;
        count_changes(import, &old, agenda);
        status = bw_import_next_batch(import, &batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_begin_step(import, NULL, batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_agenda(central, err);
    }
    if (status == BW_OK) {
        status = replace(import, agenda, err);
    }
    if (status == BW_OK) {
        status = bw_import_put_batch(import, batch_no, err);
    }
    if (status == BW_OK) {
        status = bw_import_end(import, err);
    }
    free(old.items);
    return status;
}

enum bw_status
bw_import_agenda(struct bw_import *import, struct bw_error *err)
{
    struct import_agenda agenda = {.items = NULL};
    enum bw_status status = bw_columns_require(
        &import->columns, import->request->path, bw_import_agenda_fields, TITLE, err);
    if (status == BW_OK) {
        status = bw_import_limit(import, err);
    }
    if (status == BW_OK) {
        status = bw_import_settle_dates(import, BW_DATE_ANY, err);
    }
    for (size_t i = 0; status == BW_OK && i < import->table.rows_count; i++) {
        struct bw_agenda_item item;
        if (read_row(import, &import->table.rows[i], &item)) {
            (void)agenda_add(&agenda, &item);
        }
    }
    if (status == BW_OK) {
        import->no_memory = import->no_memory || agenda.no_memory;
        status = write_agenda(import, &agenda, err);
    }
    free(agenda.items);
    return status;
}
