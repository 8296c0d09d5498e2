/* Sessions by what people call them on a form: title or code, folded. One thread. */
#ifndef BW_SYNC_SESSION_NAMES_H
#define BW_SYNC_SESSION_NAMES_H

#include "central/central.h"

#include <brugwachter/session.h>

struct bw_session_names {
    struct bw_session *sessions; /* by number */
    char **titles;               /* folded, as `sessions` */
    char **codes;
    char **title_words; /* folded, a blank before and after each word */
    char **code_words;
    size_t count, capacity;
    bool no_memory;
};

/* Reads all sessions' titles and codes; bw_session_names_finish frees them. What the
 * database answers. */
BW_NODISCARD enum bw_status bw_session_names_load(
    struct bw_central *central, struct bw_session_names *ret_names, struct bw_error *err);
void bw_session_names_finish(struct bw_session_names *names);

/* The session that `text` names: by code, else by title; of several with one title the
 * only one that ends after `time_ms` (UTC); else as bw_session_names_in finds it, unless
 * it says no. NULL where there's none, or more than one (*ret_several). Borrowed. */
const struct bw_session *bw_session_names_find(const struct bw_session_names *names,
    const char *text, int64_t time_ms, bool *ret_several);

/* The only session whose code, else whose title, stands in a text such as a file's name
 * ("Aanmelding Leerkring Zwolle (antwoorden).csv"); the longest one; else all that its
 * title has and no other's ("Zwolle, di 18 maart"). By title only those that end after
 * `time_ms` (UTC). NULL where there's none, or more than one. Borrowed from the names. */
const struct bw_session *bw_session_names_in(
    const struct bw_session_names *names, const char *text, int64_t time_ms);

/* The session of this number; NULL where there's none. Borrowed, until the names are
 * finished. */
const struct bw_session *bw_session_names_by_number(
    const struct bw_session_names *names, uint32_t session_no);

#endif
