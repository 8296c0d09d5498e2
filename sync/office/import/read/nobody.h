/* Rows of a form in which nobody stands: a total, a remark below the list, headings that
 * were pasted along. One thread. */
#ifndef BW_SYNC_NOBODY_H
#define BW_SYNC_NOBODY_H

#include "office/import/import_state.h"

/* Whether a cell may be a mail address; forms write "anonymous" or "-" where there is
 * none. */
bool bw_sign_up_is_mail(const char *mail);

/* Whether nobody stands in a row: it was rejected then, in words of its own. */
bool bw_sign_up_is_nobody(struct bw_import *import, const struct bw_csv_row *row);

#endif
