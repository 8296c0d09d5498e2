/* What somebody is told whose form is an old one: what was done since it was drawn, by
 * whom and when. Each form that shows what it will do sends back "sinds", the newest step
 * as its page began (bw_web_visit_begin). One thread. */
#ifndef BW_WEB_STALE_H
#define BW_WEB_STALE_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Steps that are named; how many more there were is said. */
enum { BW_WEB_STALE_STEPS = 3 };

/* The step that the form was drawn after; -1 where it doesn't say so. */
int64_t bw_web_stale_sent(const struct bw_web_visit *visit);

/* The notice of the template `stale`, for who was second: {"heading","text","steps":
 * [{"what","about","why","who","when"}],"more"}, newest first, of the steps after
 * `since` (below 0: it isn't known, and none is named). `key` is the sentence of what the
 * page shows instead. False where it isn't `stale`; NULL without memory. */
json_t *bw_web_stale_notice(
    const struct bw_web_visit *visit, bool stale, int64_t since, const char *key);

/* The same since the form was drawn. */
json_t *bw_web_stale(const struct bw_web_visit *visit, bool stale, const char *key);

#ifdef __cplusplus
}
#endif

#endif
