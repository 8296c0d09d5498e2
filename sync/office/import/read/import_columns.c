/* Columns that headings alone don't tell: see import_columns.h. */
#include "office/import/read/import_columns.h"

#include "central/records.h"
#include "office/table/heading.h"

#include <brugwachter/text.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIGN_BYTES = 16, SIGN_TEXT_BYTES = 2 * SIGN_BYTES + 1 + 32 };

/* ---- what was learned ---- */

static int
heading_kind(const struct bw_import *import)
{
    enum bw_import_kind kind = import->request->kind;
    return BW_LEARNED_HEADING +
           (int)(kind == BW_IMPORT_WAITLIST ? BW_IMPORT_REGISTRATIONS : kind);
}

/* One more key behind the headings of a field. */
static bool
key_add(struct bw_import *import, struct bw_field *field, const char *key)
{
    char *both = NULL;
    if (asprintf(&both, "%s %s", field->headings, key) < 0) {
        return false;
    }
    const char *kept = bw_arena_text(&import->arena, both);
    free(both);
    field->headings = kept != NULL ? kept : field->headings;
    return kept != NULL;
}

enum bw_status
bw_import_columns_learn(struct bw_import *import, struct bw_error *err)
{
    int kind = heading_kind(import), count = 0;
    enum bw_status status =
        bw_import_learned_load(import->office->central, &import->learned, err);
    for (; import->base_fields[count].name != NULL; count++) {
        import->own_fields[count] = import->base_fields[count];
    }
    import->fields = import->own_fields;
    for (size_t i = 0; status == BW_OK && i < import->learned.count; i++) {
        const struct bw_learned_item *item = &import->learned.items[i];
        bool counts = item->kind == kind && bw_import_learned_find(&import->learned, kind,
                                                item->spelling) == item->meaning;
        for (int f = 0; counts && f < count; f++) {
            if (strcmp(import->own_fields[f].name, item->meaning) == 0 &&
                !key_add(import, &import->own_fields[f], item->spelling)) {
                status = bw_error_set(err, BW_NO_MEMORY, 0,
                    "importing %s: there's no memory left", import->request->path);
            }
        }
    }
    return status;
}

/* ---- the headings of a file ---- */

static const char *
heading_of(const struct bw_import *import, int column)
{
    return bw_csv_cell_at(&import->table, &import->table.heading, column);
}

bool
bw_import_columns_is_known(const struct bw_import *import, const char *heading)
{
    for (int i = 0; import->base_fields[i].name != NULL; i++) {
        if (bw_heading_is(import->base_fields[i].headings, heading)) {
            return true;
        }
    }
    return false;
}

/* All headings together, and a field: "8f3a… school". */
static void
without_key(
    const struct bw_import *import, const char *field, char ret_key[SIGN_TEXT_BYTES])
{
    unsigned char sign[SIGN_BYTES];
    char hex[2 * SIGN_BYTES + 1], key[BW_HEADING_BYTES];
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, sizeof sign);
    for (int i = 0; i < import->table.heading.cells_count; i++) {
        bw_heading_key(heading_of(import, i), key);
        (void)crypto_generichash_update(
            &state, (const unsigned char *)key, strlen(key) + 1);
    }
    (void)crypto_generichash_final(&state, sign, sizeof sign);
    (void)sodium_bin2hex(hex, sizeof hex, sign, sizeof sign);
    (void)snprintf(ret_key, SIGN_TEXT_BYTES, "%s %.20s", hex, field);
}

/* Another column has the same heading: it alone doesn't tell which is meant. */
static bool
is_doubled(const struct bw_import *import, int column)
{
    char key[BW_HEADING_BYTES], other[BW_HEADING_BYTES];
    bw_heading_key(heading_of(import, column), key);
    for (int i = 0; i < import->table.heading.cells_count; i++) {
        bw_heading_key(heading_of(import, i), other);
        if (i != column && strcmp(key, other) == 0) {
            return true;
        }
    }
    return key[0] == '\0';
}

/* ---- finding ---- */

static bool
is_mapped(const struct bw_import *import, const char *field)
{
    const struct bw_import_request *request = import->request;
    size_t length = strlen(field);
    for (int i = 0; i < request->maps_count; i++) {
        if (strncmp(request->maps[i], field, length) == 0 &&
            request->maps[i][length] == '=') {
            return true;
        }
    }
    return false;
}

/* The field that a heading was said to mean; -1: none, or by no word of ours alone. */
static int
learned_field(const struct bw_import *import, int column)
{
    char key[BW_HEADING_BYTES];
    bw_heading_key(heading_of(import, column), key);
    const char *means =
        bw_import_learned_find(&import->learned, heading_kind(import), key);
    for (int f = 0; means != NULL && import->fields[f].name != NULL; f++) {
        if (strcmp(import->fields[f].name, means) == 0) {
            return f;
        }
    }
    return -1;
}

/* As maps, behind those of the request: "name=Zo heet ik". Of each field the first. */
static int
learned_maps(struct bw_import *import, const char **maps, bool ret_learned[BW_FIELDS_MAX])
{
    char shown[BW_TITLE_BYTES], *map = NULL;
    int count = import->request->maps_count;
    for (int i = 0; i < import->table.heading.cells_count; i++) {
        int field = learned_field(import, i);
        if (field < 0 || ret_learned[field] ||
            is_mapped(import, import->fields[field].name)) {
            continue;
        }
        bw_columns_shown(&import->table, i, shown, sizeof shown);
        if (asprintf(&map, "%s=%s", import->fields[field].name, shown) < 0) {
            import->no_memory = true;
            break;
        }
        maps[count] = bw_arena_text(&import->arena, map);
        free(map);
        ret_learned[field] = maps[count] != NULL;
        count += maps[count] != NULL;
    }
    return count;
}

/* Which of two columns is meant, where somebody can be asked; else `status` stands. */
static enum bw_status
ask_twins(struct bw_import *import, enum bw_status status, struct bw_error *err)
{
    const struct bw_import_request *request = import->request;
    struct bw_import_questions *questions = request->ret_questions;
    struct bw_columns_twins twins;
    if (questions == NULL ||
        !bw_columns_find_twins(&import->table, import->fields, request->maps,
            request->maps_count, &import->columns, &twins)) {
        return status;
    }
    struct bw_import_question *q = &questions->items[0];
    questions->count = 1;
    *q = (struct bw_import_question){
        .ask = BW_IMPORT_ASK_COLUMN, .required = true, .count = 2};
    bw_text_copy(q->about, sizeof q->about, import->fields[twins.field].name);
    bw_text_copy(q->shown, sizeof q->shown, import->fields[twins.field].shown);
    for (int i = 0; i < 2; i++) {
        bw_columns_shown(
            &import->table, twins.columns[i], q->choices[i].value, BW_TITLE_BYTES);
        bw_import_columns_sample(import, twins.columns[i], q->choices[i].shown);
    }
    return bw_error_set(err, BW_REFUSED, 0,
        "importing %s: two columns look like %s, and differ; nothing was changed. Say "
        "which is with --map FIELD=HEADING",
        request->path, q->shown);
}

enum bw_status
bw_import_columns_find(struct bw_import *import, struct bw_error *err)
{
    const struct bw_import_request *request = import->request;
    bool learned[BW_FIELDS_MAX] = {false};
    enum bw_status status = bw_columns_find(&import->table, request->path, import->fields,
        request->maps, request->maps_count, &import->columns, err);
    if (status != BW_BAD_INPUT) {
        return status;
    }
    const char **maps =
        calloc((size_t)request->maps_count + BW_FIELDS_MAX, sizeof(char *));
    if (maps == NULL) {
        return bw_import_no_memory(import, err);
    }
    if (request->maps_count > 0) {
        memcpy(maps, request->maps, (size_t)request->maps_count * sizeof(char *));
    }
    struct bw_error again;
    int count = learned_maps(import, maps, learned);
    if (count > request->maps_count &&
        bw_columns_find(&import->table, request->path, import->fields, maps, count,
            &import->columns, &again) == BW_OK) {
        status = BW_OK;
        for (int f = 0; f < BW_FIELDS_MAX; f++) { /* nobody said it of this file */
            import->columns.given[f] = import->columns.given[f] && !learned[f];
        }
    }
    free(maps);
    return status == BW_OK ? BW_OK : ask_twins(import, status, err);
}

/* ---- recalling ---- */

/* The same file read otherwise is another one: its words are news. */
static void
hash_column(struct bw_import *import, int field)
{
    char key[BW_HEADING_BYTES];
    bw_heading_key(heading_of(import, import->columns.of[field]), key);
    bw_import_hash_more(import, import->fields[field].name, key);
}

void
bw_import_columns_recall(struct bw_import *import)
{
    struct bw_columns *columns = &import->columns;
    char key[SIGN_TEXT_BYTES];
    for (int i = 0; import->fields[i].name != NULL; i++) {
        const struct bw_field *field = &import->fields[i];
        if (columns->of[i] >= 0 && !columns->given[i] &&
            !bw_import_columns_is_known(import, heading_of(import, columns->of[i]))) {
            bw_import_note(import, false,
                "\"%.60s\" is read as %s, as was said "
                "before; --map \"%s=…\" says otherwise",
                heading_of(import, columns->of[i]), field->shown, field->name);
            hash_column(import, i);
        } else if (columns->of[i] >= 0 && columns->given[i]) {
            hash_column(import, i);
        } else if (columns->of[i] < 0 && !columns->given[i]) {
            without_key(import, field->name, key);
            columns->given[i] =
                bw_import_learned_find(&import->learned, BW_LEARNED_WITHOUT, key) != NULL;
            columns->near[i] = columns->given[i] ? NULL : columns->near[i];
        }
    }
}

/* ---- asking ---- */

void
bw_import_columns_sample(
    const struct bw_import *import, int column, char ret_text[BW_TITLE_BYTES])
{
    enum { SAMPLES = 2, SAMPLE_BYTES = 40 };
    const struct bw_csv_table *table = &import->table;
    int taken = 0;
    ret_text[0] = '\0';
    for (size_t i = 0; i < table->rows_count && i < 100 && taken < SAMPLES; i++) {
        const char *cell = bw_csv_cell_at(table, &table->rows[i], column);
        size_t used = strlen(ret_text);
        char part[SAMPLE_BYTES];
        bw_text_copy(part, sizeof part, cell);
        if (part[strspn(part, " ")] != '\0') {
            (void)snprintf(ret_text + used, BW_TITLE_BYTES - used, "%s%s%s",
                used > 0 ? ", " : "", part, strlen(cell) > strlen(part) ? "…" : "");
            taken++;
        }
    }
    bw_text_defuse(ret_text, '?');
}

static void
question_put(struct bw_import *import, int field, bool required)
{
    struct bw_import_questions *questions = import->request->ret_questions;
    const struct bw_columns *columns = &import->columns;
    if (questions->count == BW_IMPORT_QUESTIONS_MAX) {
        return;
    }
    struct bw_import_question *q = &questions->items[questions->count++];
    *q = (struct bw_import_question){
        .ask = BW_IMPORT_ASK_COLUMN, .required = required, .best = -1};
    bw_text_copy(q->about, sizeof q->about, import->fields[field].name);
    bw_text_copy(q->shown, sizeof q->shown, import->fields[field].shown);
    for (int i = 0; i < columns->ignored_count && q->count < BW_IMPORT_CHOICES_MAX; i++) {
        int column = columns->ignored[i];
        bw_columns_shown(
            &import->table, column, q->choices[q->count].value, BW_TITLE_BYTES);
        bw_import_columns_sample(import, column, q->choices[q->count].shown);
        if (columns->near[field] == heading_of(import, column)) {
            q->best = q->count;
        }
        q->count++;
    }
}

enum bw_status
bw_import_columns_ask(
    struct bw_import *import, const enum bw_import_lack *lacks, struct bw_error *err)
{
    struct bw_import_questions *questions = import->request->ret_questions;
    const struct bw_columns *columns = &import->columns;
    if (questions == NULL) {
        return BW_OK;
    }
    char names[160] = "";
    questions->count = 0;
    for (int i = 0; import->fields[i].name != NULL; i++) {
        bool open = lacks[i] != BW_IMPORT_LACK_FINE || columns->near[i] != NULL;
        if (columns->of[i] < 0 && !columns->given[i] && open) {
            size_t used = strlen(names);
            question_put(import, i, lacks[i] == BW_IMPORT_LACK_FAULT);
            (void)snprintf(names + used, sizeof names - used, "%s%s",
                used > 0 ? ", " : "", import->fields[i].shown);
        }
    }
    return questions->count == 0
               ? BW_OK
               : bw_error_set(err, BW_REFUSED, 0,
                     "importing %s: no column is known as %s; nothing was changed. Say "
                     "which is with --map FIELD=HEADING, or --map FIELD=- for none",
                     import->request->path, names);
}

/* ---- remembering ---- */

/* A heading of this file that was said to mean the field, and isn't what is said now. */
static enum bw_status
unlearn_others(struct bw_import *import, int field, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    int kind = heading_kind(import), columns = import->table.heading.cells_count;
    for (int i = 0; status == BW_OK && i < columns; i++) {
        char key[BW_HEADING_BYTES];
        bw_heading_key(heading_of(import, i), key);
        const char *before = bw_import_learned_find(&import->learned, kind, key);
        if (i != import->columns.of[field] && before != NULL &&
            strcmp(before, import->fields[field].name) == 0) {
            status = bw_import_learned_put(import->office->central, &import->learned,
                kind, key, "-", &import->learned_new, err);
        }
    }
    return status;
}

enum bw_status
bw_import_columns_remember(struct bw_import *import, struct bw_error *err)
{
    const struct bw_columns *columns = &import->columns;
    struct bw_central *central = import->office->central;
    enum bw_status status = BW_OK;
    for (int i = 0; status == BW_OK && import->fields[i].name != NULL; i++) {
        char key[BW_HEADING_BYTES];
        int column = columns->of[i];
        bool told = columns->given[i];
        if (told) {
            status = unlearn_others(import, i, err);
        }
        if (status != BW_OK) {
            return status;
        }
        if (told && column < 0) {
            without_key(import, import->fields[i].name, key);
            status = bw_import_learned_put(central, &import->learned, BW_LEARNED_WITHOUT,
                key, import->fields[i].name, &import->learned_new, err);
        } else if (told && !is_doubled(import, column) &&
                   !bw_import_columns_is_known(
                       import, heading_of(import, column))) { /* LD2 */
            bw_heading_key(heading_of(import, column), key);
            status =
                bw_import_learned_put(central, &import->learned, heading_kind(import),
                    key, import->fields[i].name, &import->learned_new, err);
        }
    }
    return status;
}
