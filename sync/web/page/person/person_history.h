/* What happened to one person, newest first, as their page tells it: sign-ups, steps of
 * the office and what kiosks saw. Circles by name, never by code. One thread. */
#ifndef BW_WEB_PERSON_HISTORY_H
#define BW_WEB_PERSON_HISTORY_H

#include "office/export_person.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A fact of a row by its name; "" and 0 where there's none. Borrowed. */
const char *bw_web_fact_text(
    const struct bw_office_fact *facts, int count, const char *name);
int64_t bw_web_fact_number(
    const struct bw_office_fact *facts, int count, const char *name);

/* Zeroed but for visit and lines, it is empty. */
struct bw_web_history {
    const struct bw_web_visit *visit;
    json_t *lines;   /* owned */
    json_t *before;  /* words as they stood before steps, by step; owned */
    json_t *now;     /* the same words as they stand, by what they are of; owned */
    json_t *circles; /* of registrations, by code as a number: the circle's; owned */
    int64_t step;    /* that was told last: one may have changed two of their places */
};

/* Whether there was memory for its lists; it is finished in any case. */
bool bw_web_history_init(
    struct bw_web_history *history, const struct bw_web_visit *visit);
void bw_web_history_finish(struct bw_web_history *history);

/* Takes a row of bw_office_export_person; those that tell of nothing here are passed. */
void bw_web_history_take(struct bw_web_history *history, const char *section,
    const struct bw_office_fact *facts, int count);

/* All of it once the walk is over: [{"what","when","where"}]. NULL without memory. */
json_t *bw_web_history_lines(struct bw_web_history *history);

#ifdef __cplusplus
}
#endif

#endif
