/* What a step was about, in words: steps keep codes and numbers (office/step.h). One
 * thread. */
#ifndef BW_WEB_STEP_ABOUT_H
#define BW_WEB_STEP_ABOUT_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "Anna Visser", "Anna Visser en nog 3", "Leerkring Zwolle", of who was moved with both
 * circles, of a file with its own, "Balie", "stap 12", or what was decided: "Binnenkomst
 * van Anna Visser bij Balie, 25 mrt 13.12: telt niet". As the step has it where nobody is
 * called that any more. NULL without memory. */
json_t *bw_web_step_about(const struct bw_web_visit *visit, int64_t number,
    const char *what, const char *about);

/* Into each of these rows with a step's "number", "verb" (what it did, as it has it) and
 * "about": that, instead of the last; and "code", for small print: the codes that were
 * put into words, "" where there are none. Asks the database, so not while steps are
 * walked. */
void bw_web_step_about_rows(const struct bw_web_visit *visit, json_t *rows);

/* What a step is called for people: "step.cancel"; a command that has no words is told by
 * its own name. NULL without memory. */
json_t *bw_web_step_what(const struct bw_web_visit *visit, const char *what);

#ifdef __cplusplus
}
#endif

#endif
