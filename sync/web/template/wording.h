/* The desk's sentences, and dates and times in words (central/base/wording.h): two
 * organisers may read two languages. */
#ifndef BW_WEB_WORDING_H
#define BW_WEB_WORDING_H

#include "central/base/wording.h"
#include "web/template/template.h"

#include <brugwachter/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BW_WEB_MOMENT_BYTES = 96 };

/* The sentences of a language, for a page. Any thread. */
struct bw_web_tongue bw_web_tongue_of(enum bw_wording_language language);

/* How a moment is said. */
enum bw_web_moment {
    BW_WEB_MOMENT_TIME,  /* 13.30 */
    BW_WEB_MOMENT_DAY,   /* di 25 mrt */
    BW_WEB_MOMENT_DATE,  /* dinsdag 25 maart 2025 */
    BW_WEB_MOMENT_SHORT, /* 25 mrt 13.30 */
    BW_WEB_MOMENT_STAMP, /* 25 mrt 2025 13.30 */
};

/* `wall_ms` (UTC) in words, by the clocks of `zone`. Any thread; can't fail. */
void bw_web_moment(enum bw_wording_language language, const struct bw_zone *zone,
    enum bw_web_moment how, int64_t wall_ms, char ret_text[BW_WEB_MOMENT_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
