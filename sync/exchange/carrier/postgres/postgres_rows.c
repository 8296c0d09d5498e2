/* Each letter of a listing once: see postgres_rows.h. */
#include "exchange/carrier/postgres/postgres_rows.h"

#include <stdlib.h>
#include <string.h>

/* Names that were met: rows by their names' sums, the next free place where one is taken;
 * never more than half full. */
struct met {
    int *rows; /* + 1; 0: free */
    size_t mask;
};

static size_t
sum_of(const char *name)
{
    uint64_t sum = UINT64_C(14695981039346656037); /* FNV-1a */
    for (; *name != '\0'; name++) {
        sum = (sum ^ (uint8_t)*name) * UINT64_C(1099511628211);
    }
    return (size_t)(sum ^ sum >> 32);
}

static bool
met_open(struct met *met, int rows)
{
    size_t places = 16;
    while (places / 2 < (size_t)rows) {
        places *= 2;
    }
    met->mask = places - 1;
    met->rows = calloc(places, sizeof *met->rows);
    return met->rows != NULL;
}

/* Whether its name is met for the first time. */
static bool
met_add(struct met *met, const PGresult *result, int row)
{
    const char *name = PQgetvalue(result, row, 0);
    size_t at = sum_of(name) & met->mask;
    while (met->rows[at] != 0) {
        if (strcmp(PQgetvalue(result, met->rows[at] - 1, 0), name) == 0) {
            return false;
        }
        at = (at + 1) & met->mask;
    }
    met->rows[at] = row + 1;
    return true;
}

enum bw_status
bw_carrier_rows_each(const PGresult *result, bw_carrier_each *each, void *context,
    const char *doing, struct bw_error *err)
{
    struct met met;
    int rows = PQntuples(result);
    if (!met_open(&met, rows)) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "%s: out of memory; close other programs", doing);
    }
    bool more = true;
    for (int i = 0; more && i < rows; i++) {
        struct bw_letter_name parsed;
        const char *name = PQgetvalue(result, i, 0);
        if (bw_letter_name_parse(name, &parsed) && met_add(&met, result, i)) { /* CA3 */
            more = each(
                context, name, &parsed, strtoull(PQgetvalue(result, i, 1), NULL, 10));
        }
    }
    free(met.rows);
    return BW_OK;
}

enum bw_status
bw_carrier_rows_bytes(const PGresult *result, size_t most_bytes, const char *doing,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    if (PQntuples(result) == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "%s: it isn't there", doing);
    }
    size_t length = (size_t)PQgetlength(result, 0, 0);
    if (PQgetisnull(result, 0, 0) || length > most_bytes) {
        return bw_error_set(
            err, BW_FULL, 0, "%s: it is too long for such a letter", doing);
    }
    unsigned char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "%s: out of memory; close other programs", doing);
    }
    memcpy(bytes, PQgetvalue(result, 0, 0), length);
    bytes[length] = '\0';
    *ret_bytes = bytes;
    *ret_length = length;
    return BW_OK;
}
