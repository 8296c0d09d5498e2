/* Codes of sessions, sorted: see session_codes.h. */
#include "office/import/read/session_codes.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/import/read/session_row.h"

#include <stdlib.h>
#include <strings.h>

static bool
on_code(const struct bw_sql_value *columns, int count, void *context)
{
    struct bw_session_codes *codes = context;
    (void)count;
    char(*line)[BW_LABEL_BYTES] = bw_array_more(
        &codes->known, &codes->known_count, &codes->known_capacity, sizeof *line);
    if (line != NULL) {
        bw_text_copy(*line, sizeof *line, columns[0].text);
    }
    return line != NULL;
}

static int
by_code(const void *a, const void *b)
{
    return strcasecmp(a, b);
}

static int
by_code_and_row(const void *a, const void *b)
{
    const struct bw_session_code_row *one = a, *two = b;
    int order = strcasecmp(one->code, two->code);
    return order != 0 ? order : (one->row > two->row) - (one->row < two->row);
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
        line->code = bw_import_raw(import, &import->table.rows[i], BW_SESSION_FIELD_CODE);
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
    int64_t count = 0;
    struct bw_central *central = import->office->central;
    enum bw_status status = bw_central_number(
        central, "SELECT count(*) FROM session", NULL, 0, 0, &count, err);
    if (status == BW_OK) {
        status = bw_central_run(
            central, "SELECT code FROM session", NULL, 0, on_code, &codes, err);
    }
    if (status == BW_OK &&
        (codes.known_count < (size_t)count || !rows_read(import, &codes))) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "importing %s: out of memory; close other programs", import->request->path);
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

bool
bw_session_codes_known(const struct bw_session_codes *codes, const char *code)
{
    return codes->known_count > 0 && bsearch(code, codes->known, codes->known_count,
                                         sizeof *codes->known, by_code) != NULL;
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
