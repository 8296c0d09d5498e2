/* Codes of sessions, sorted: see session_codes.h. */
#include "office/import/read/session_codes.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/import/read/session_row.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
on_code(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_session_codes *codes = context;
    (void)count;
    struct bw_session_code_known *known = bw_array_more(
        &codes->known, &codes->known_count, &codes->known_capacity, sizeof *known);
    codes->no_memory = known == NULL;
    if (known != NULL) {
        bw_text_copy(known->code, sizeof known->code, columns[0].text);
        known->session_no = (uint32_t)columns[1].number;
    }
    return known != NULL;
}

static int
by_code(const void *a, const void *b)
{
    const struct bw_session_code_known *one = a, *two = b;
    return strcasecmp(one->code, two->code);
}

static int
code_by_known(const void *code, const void *known)
{
    return strcasecmp(code, ((const struct bw_session_code_known *)known)->code);
}

static int
by_code_and_row(const void *a, const void *b)
{
    const struct bw_session_code_row *one = a, *two = b;
    int order = strcasecmp(one->code, two->code);
    return order != 0 ? order : (one->row > two->row) - (one->row < two->row);
}

/* As a row's own code is read (session_row.c); "" where it's none. */
static void
code_read(const struct bw_import *import, size_t row, char ret_code[BW_LABEL_BYTES])
{
    char clean[(BW_LABEL_BYTES - 1) * 4 + 1];
    const char *raw =
        bw_import_raw(import, &import->table.rows[row], BW_SESSION_FIELD_CODE);
    bool fine = bw_text_clean(raw, BW_LABEL_BYTES - 1, clean) == BW_TEXT_FINE &&
                strlen(clean) < BW_LABEL_BYTES;
    bw_text_copy(ret_code, BW_LABEL_BYTES, fine ? clean : "");
}

static bool
rows_read(const struct bw_import *import, struct bw_session_codes *codes)
{
    for (size_t i = 0; i < import->table.rows_count; i++) {
        struct bw_session_code_row *line = bw_array_more(
            &codes->rows, &codes->rows_count, &codes->rows_capacity, sizeof *line);
        if (line == NULL) {
            return false;
        }
        code_read(import, i, line->code);
        line->row = i;
    }
    if (codes->rows_count > 0) {
        qsort(codes->rows, codes->rows_count, sizeof *codes->rows, by_code_and_row);
    }
    return true;
}

enum bw_status
bw_session_codes_read(
    struct bw_import *import, struct bw_session_codes *ret_codes, struct bw_error *err)
{
    struct bw_session_codes codes = {.known = NULL};
    enum bw_status status = bw_central_run(import->office->central,
        "SELECT code, session_no FROM session", NULL, 0, on_code, &codes, err);
    if (status == BW_OK && (codes.no_memory || !rows_read(import, &codes))) {
        status = bw_import_no_memory(import, err);
    }
    if (status != BW_OK) {
        bw_session_codes_finish(&codes);
        return status;
    }
    if (codes.known_count > 0) {
        qsort(codes.known, codes.known_count, sizeof *codes.known, by_code);
    }
    *ret_codes = codes;
    return BW_OK;
}

void
bw_session_codes_finish(struct bw_session_codes *codes)
{
    free(codes->known);
    free(codes->rows);
    *codes = (struct bw_session_codes){.known = NULL};
}

uint32_t
bw_session_codes_number(const struct bw_session_codes *codes, const char *code)
{
    const struct bw_session_code_known *known =
        codes->known_count > 0 ? bsearch(code, codes->known, codes->known_count,
                                     sizeof *codes->known, code_by_known)
                               : NULL;
    return known != NULL ? known->session_no : 0;
}

size_t
bw_session_codes_row(const struct bw_session_codes *codes, const char *code)
{
    size_t from = 0, to = codes->rows_count;
    while (from < to) { /* the first that isn't before it */
        size_t middle = from + (to - from) / 2;
        if (strcasecmp(codes->rows[middle].code, code) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < codes->rows_count && strcasecmp(codes->rows[from].code, code) == 0
               ? codes->rows[from].row
               : SIZE_MAX;
}
