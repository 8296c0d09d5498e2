/* See central_state.h. */
#include "central_state.h"

#include "testing.h"

#include "report/book/book.h"
#include "report/conflict/conflicts.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

void
central_empty(struct bw_central *central)
{
    static const char *const tables[] = {"DELETE FROM event", "DELETE FROM event_details",
        "DELETE FROM walk_in", "DELETE FROM head_statement", "DELETE FROM letter_in",
        "DELETE FROM quarantine",
        "UPDATE device SET hello_counter = 0, receipt_seq = 0, receipt_hash = NULL"};
    struct bw_error err;
    must(bw_central_begin(central, &err), &err);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        must(bw_central_run(central, tables[i], NULL, 0, NULL, NULL, &err), &err);
    }
    must(bw_central_commit(central, &err), &err);
}

static bool
on_row(const struct bw_sql_value *columns, int count, void *context)
{
    crypto_generichash_state *hash = context;
    for (int i = 0; i < count; i++) {
        (void)crypto_generichash_update(
            hash, (const uint8_t *)&columns[i].type, sizeof columns[i].type);
        (void)crypto_generichash_update(
            hash, (const uint8_t *)&columns[i].number, sizeof columns[i].number);
        const void *bytes = columns[i].type == BW_SQL_BLOB ? (const void *)columns[i].blob
                                                           : columns[i].text;
        if (columns[i].bytes > 0) {
            (void)crypto_generichash_update(hash, bytes, columns[i].bytes);
        }
    }
    return true;
}

void
central_digest(struct bw_central *central, uint8_t ret_digest[CENTRAL_DIGEST_BYTES])
{
    static const char *const queries[] = {
        "SELECT device, seq, hash, prev, bytes, session_no, home_session_no, code, kind,"
        " basis, verdict, flags, wall_ms, hlc FROM event ORDER BY device, seq, hash",
        "SELECT device, seq, hash, bytes FROM event_details ORDER BY device, seq, hash",
        "SELECT device, seq, hash, session_no FROM walk_in ORDER BY device, seq, hash",
        "SELECT device, seq, hash, stated_ms, suspect, store_id FROM head_statement"
        " ORDER BY device, seq, hash, stated_ms",
        "SELECT device, store_id FROM device ORDER BY device",
    };
    struct bw_error err;
    crypto_generichash_state hash;
    (void)crypto_generichash_init(&hash, NULL, 0, CENTRAL_DIGEST_BYTES);
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        must(bw_central_run(central, queries[i], NULL, 0, on_row, &hash, &err), &err);
    }
    (void)crypto_generichash_final(&hash, ret_digest, CENTRAL_DIGEST_BYTES);
}

char *
central_told(struct bw_central *central)
{
    struct bw_error err;
    struct bw_book *book = NULL;
    struct bw_conflicts conflicts = {0};
    char *text = NULL;
    size_t length = 0;
    must(bw_book_open(central, 1, NULL, &book, &err), &err);
    must(bw_wording_open(NULL, &err), &err);
    must(bw_conflicts_find(book, BW_WORDING_DUTCH, &conflicts, &err), &err);
    FILE *out = open_memstream(&text, &length);
    (void)fprintf(out, "in %d, walk-ins %d, complete %d\n",
        bw_presence_in(book->presence), bw_presence_walk_ins(book->presence),
        bw_book_kiosks_complete(book));
    for (int i = 0; i < conflicts.count; i++) {
        (void)fprintf(out, "%s %s\n", conflicts.items[i].kind, conflicts.items[i].text);
    }
    (void)fclose(out);
    bw_conflicts_finish(&conflicts);
    bw_book_close(book);
    return text;
}
