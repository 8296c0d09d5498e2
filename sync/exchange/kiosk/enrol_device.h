/* Becoming a kiosk: a store and its keys, out of an enrolment. One thread. */
#ifndef BW_KIOSK_ENROL_DEVICE_H
#define BW_KIOSK_ENROL_DEVICE_H

#include "exchange/letter/enrolment.h"
#include "exchange/letter/words.h"

#include <brugwachter/error.h>
#include <limits.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_kiosk_enrolled {
    struct bw_enrolment enrolment;
    bool made;                        /* a store was made; false: it took new settings */
    char aside[PATH_MAX];             /* where the store went that was there; "" */
    char words[BW_CHECK_WORDS_BYTES]; /* of its keys, as the office shows them */
};

/* Makes the store at `store_path` for an enrolment file's text, with pairs of its own,
 * or gives a store of the same kiosk its settings. A store of another kiosk is
 * BW_REFUSED while it holds events that no receipt covers, BW_BUSY while a program has
 * it open; else it is moved aside. One whose number the enrolment replaces keeps its
 * number and log, and takes the settings; not where it is a restored copy, nor where it
 * holds no event and the office never knew it. A store with
 * its keys beside it that is damaged or of a newer program is moved aside whatever it
 * holds, to PATH.damaged.N or PATH.newer.N, and the new one tells staff so
 * (BW_BYTES_ASIDE); nothing is ever deleted. BW_BAD_INPUT, BW_REFUSED (version 1; its
 * last session is over at `now_ms`, wall time) and BW_NEWER for the text; what the store
 * fails with. A stop in between is mended by the same call again. */
BW_NODISCARD enum bw_status bw_kiosk_enrol_device(const char *store_path,
    const void *text, size_t length, int64_t now_ms,
    struct bw_kiosk_enrolled *ret_enrolled, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
