/* What spellings in files mean: see learned.h. */
#include "office/import/read/learned.h"

#include "central/base/array.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS_MAX = 10000 }; /* more of them nobody was asked */

void
bw_import_learned_finish(struct bw_learned *learned)
{
    free(learned->items);
    bw_arena_finish(&learned->arena);
    *learned = (struct bw_learned){.items = NULL};
}

bool
bw_import_learned_add(
    struct bw_learned *learned, int kind, const char *spelling, const char *meaning)
{
    struct bw_learned_item *item =
        bw_array_more(&learned->items, &learned->count, &learned->capacity, sizeof *item);
    if (item != NULL) {
        *item = (struct bw_learned_item){.kind = kind,
            .spelling = bw_arena_text(&learned->arena, spelling),
            .meaning = bw_arena_text(&learned->arena, meaning)};
    }
    learned->no_memory = item == NULL || item->spelling == NULL || item->meaning == NULL;
    return !learned->no_memory;
}

static bool
on_item(const struct bw_sql_value *c, int count, void *context)
{
    (void)count;
    return bw_import_learned_add(context, (int)c[0].number, c[1].text, c[2].text);
}

/* LD1. A step whose people were purged stands for ever. */
enum bw_status
bw_import_learned_load(
    struct bw_central *central, struct bw_learned *ret_learned, struct bw_error *err)
{
    struct bw_learned learned = {.items = NULL};
    struct bw_sql_value most = bw_sql_int(ITEMS_MAX);
    enum bw_status status = bw_central_run(central,
        "SELECT l.kind, l.spelling, l.meaning FROM learned l"
        " JOIN step s ON s.step_no = l.step_no WHERE s.undone_by <= 0"
        " ORDER BY l.step_no, l.kind, l.spelling LIMIT $1",
        &most, 1, on_item, &learned, err);
    if (status == BW_OK && learned.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "reading what headings mean from %s: no memory", bw_central_name(central));
    }
    if (status != BW_OK) {
        bw_import_learned_finish(&learned);
        return status;
    }
    *ret_learned = learned;
    return BW_OK;
}

const char *
bw_import_learned_find(const struct bw_learned *learned, int kind, const char *spelling)
{
    for (size_t i = learned->count; i > 0; i--) {
        const struct bw_learned_item *item = &learned->items[i - 1];
        if (item->kind == kind && strcmp(item->spelling, spelling) == 0) {
            return item->meaning;
        }
    }
    return NULL;
}

enum bw_status
bw_import_learned_put(struct bw_central *central, const struct bw_learned *learned,
    int kind, const char *spelling, const char *meaning, int64_t *inout_new,
    struct bw_error *err)
{
    const char *before = bw_import_learned_find(learned, kind, spelling);
    if (before != NULL && strcmp(before, meaning) == 0) {
        return BW_OK;
    }
    struct bw_sql_value values[] = {bw_sql_int(bw_central_step(central)),
        bw_sql_int(kind), bw_sql_text(spelling), bw_sql_text(meaning)};
    (*inout_new)++;
    return bw_central_run(central,
        "INSERT INTO learned (step_no, kind, spelling, meaning)"
        " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        values, 4, NULL, NULL, err);
}
