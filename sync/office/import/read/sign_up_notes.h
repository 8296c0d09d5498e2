/* What is odd of a form's rows, and no reason to leave one out: said as notes of the
 * import. One thread. */
#ifndef BW_SYNC_SIGN_UP_NOTES_H
#define BW_SYNC_SIGN_UP_NOTES_H

#include "office/import/read/sign_up.h"

/* A letter that no font of the kiosk has. */
void bw_sign_up_note_letters(struct bw_import *import, const struct bw_sign_up *s);

/* Mail addresses that are none: said once, with the first, as "anonymous" may stand in
 * every row. */
void bw_sign_up_note_mails(
    struct bw_import *import, const struct bw_sign_up *sign_ups, size_t count);

/* Days without an hour; and dates that were pasted between workbooks that count days from
 * 1900 and from 1904, which are four years off. */
void bw_sign_up_note_times(
    struct bw_import *import, const struct bw_sign_up *sign_ups, size_t count);

#endif
