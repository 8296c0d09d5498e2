/* What whoever looks at a file is told of how it was read (import_reading.h), where the
 * request has a ret_reading for it; nothing happens where it hasn't. Texts are copied;
 * without memory the import ends. One thread, that of the import. */
#ifndef BW_SYNC_IMPORT_READ_H
#define BW_SYNC_IMPORT_READ_H

#include "office/import/read/session_names.h"
#include "office/import/read/sign_up.h"

/* The columns, as they were found; where they couldn't be, the headings alone. */
void bw_import_read_columns(struct bw_import *import, bool found);

/* A region of a row as it is written, and what it is taken for: `told` by an alias. */
void bw_import_read_region(
    struct bw_import *import, const char *written, const char *means, bool told);

/* The regions that there are. */
void bw_import_read_regions(
    struct bw_import *import, const struct bw_session_names *names);

/* A row that goes in; the first few are kept. */
void bw_import_read_row(struct bw_import *import, const struct bw_sign_up *row);

/* A circle as a reading has it; NULL: none. */
void bw_import_read_circle(
    const struct bw_session *session, struct bw_import_read_circle *ret_circle);

#endif
