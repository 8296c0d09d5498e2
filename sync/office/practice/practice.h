/* The practice series: invented people in a few circles, to try everything on.
 *
 * PZ1 it is a central database of its own, in a folder of its own beside the office's
 *     keys: no figure, list or kiosk of the office ever sees anybody of it.
 * PZ2 the database itself says what it is, whoever opens it; so do its organiser, its
 *     series and its circles, on every screen and paper.
 * PZ3 no mail leaves it: its addresses lead nowhere.
 * PZ4 it goes whole: what lies in its folder under its name, and nothing else.
 *
 * One thread. */
#ifndef BW_OFFICE_PRACTICE_H
#define BW_OFFICE_PRACTICE_H

#include "office/office.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where it lies, whether it is there or not. */
struct bw_practice_place {
    char folder[PATH_MAX];
    char uri[PATH_MAX + 32]; /* "sqlite:…", in that folder */
};

/* Beside the keys: circles.db.practice beside circles.db.key. False where it isn't known
 * where those are, or the name doesn't fit. */
bool bw_practice_place_of(const char *key_path, struct bw_practice_place *ret_place);

/* Makes it, with its days around now; one that is there already stays as it is, and
 * *ret_made is false; one that was left half made is made anew. `office` gives clock and
 * who works here; its database is not looked at. The errors of folders, of
 * bw_central_open, bw_office_setup and bw_import: nothing is left then. */
BW_NODISCARD enum bw_status bw_practice_make(const struct bw_office *office,
    const struct bw_practice_place *place, bool *ret_made, struct bw_error *err);

/* PZ4: takes it away, where no connection of ours has it open; again changes nothing.
 * *ret_was tells whether it was there. BW_IO where something can't be taken away. */
BW_NODISCARD enum bw_status bw_practice_remove(
    const struct bw_practice_place *place, bool *ret_was, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
