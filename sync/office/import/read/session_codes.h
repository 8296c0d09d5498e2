/* Codes of sessions while a file of them is imported, those of the database and those of
 * the file: looked up in so many steps as a dictionary takes, not one a session. One
 * thread, that of the import. */
#ifndef BW_SYNC_SESSION_CODES_H
#define BW_SYNC_SESSION_CODES_H

#include "office/import/import_state.h"

#include <brugwachter/session.h>

/* A row of the file and its code, without what nobody sees of it. */
struct bw_session_code_row {
    char code[BW_LABEL_BYTES];
    size_t row;
};

/* One of the database. */
struct bw_session_code_known {
    char code[BW_LABEL_BYTES];
    uint32_t session_no;
};

/* A zeroed one is empty. Upper and lower case are the same. */
struct bw_session_codes {
    struct bw_session_code_known *known; /* owned, sorted */
    size_t known_count, known_capacity;
    struct bw_session_code_row *rows; /* owned, sorted, the first of a code first */
    size_t rows_count, rows_capacity;
    bool no_memory;
};

/* Reads both. The caller finishes it. BW_NO_MEMORY, and what the database answers. */
BW_NODISCARD enum bw_status bw_session_codes_read(
    struct bw_import *import, struct bw_session_codes *ret_codes, struct bw_error *err);
void bw_session_codes_finish(struct bw_session_codes *codes);

/* The number that the database had it under when they were read; 0 where it hadn't. */
uint32_t bw_session_codes_number(const struct bw_session_codes *codes, const char *code);

/* The file's first row with it; SIZE_MAX where there's none. */
size_t bw_session_codes_row(const struct bw_session_codes *codes, const char *code);

#endif
