/* Codes of sessions while a file of them is imported, those of the database and those of
 * the file: looked up in so many steps as a dictionary takes, not one a session. One
 * thread, that of the import. */
#ifndef BW_SYNC_SESSION_CODES_H
#define BW_SYNC_SESSION_CODES_H

#include "office/import/import_state.h"

#include <brugwachter/session.h>

/* A row of the file and its code, borrowed from the table. */
struct bw_session_code_row {
    const char *code;
    size_t row;
};

/* A zeroed one is empty. Upper and lower case are the same. */
struct bw_session_codes {
    char (*known)[BW_LABEL_BYTES]; /* of the database; owned, sorted */
    size_t known_count, known_capacity;
    struct bw_session_code_row *rows; /* owned, sorted, the first of a code first */
    size_t rows_count, rows_capacity;
};

/* Reads both. The caller finishes it. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_session_codes_read(
    struct bw_import *import, struct bw_session_codes *ret_codes, struct bw_error *err);
void bw_session_codes_finish(struct bw_session_codes *codes);

/* Whether the database had it when they were read. */
bool bw_session_codes_known(const struct bw_session_codes *codes, const char *code);

/* The file's first row with it; SIZE_MAX where there's none. */
size_t bw_session_codes_row(const struct bw_session_codes *codes, const char *code);

#endif
