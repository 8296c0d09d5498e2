/* Answers of the desk as JSON, one object a line (design: programs, `door`).
 *
 * Codes have no hyphen, times are ISO 8601 local to the venue with their offset, what
 * isn't known is absent. One thread. */
#ifndef BW_APP_JSON_H
#define BW_APP_JSON_H

#include <brugwachter/command.h>
#include <brugwachter/zone.h>

/* The line without its end; free it with free(). NULL without memory. */
char *bw_door_json_answer(
    const struct bw_answer *answer, const struct bw_zone *zone, int64_t clock_ms);
char *bw_door_json_error(const struct bw_error *error, bool not_saved);

#endif
