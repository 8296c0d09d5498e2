/* What Live and Ontruiming say of a circle of today. One thread. */
#ifndef BW_WEB_LIVE_H
#define BW_WEB_LIVE_H

#include "report/book/book.h"
#include "web/page/part/circles.h"

#ifdef __cplusplus
extern "C" {
#endif

/* {"code","circle","venue","from","to","begins","inside","expected","free","door",
 * "waiting","walk_ins","guests","release","first","capacity","dots","curve","kiosks",
 * "as_of","late","unheard"}: the sentences of `waiting` to `first` are "" where there's
 * nothing to say, `as_of` is that of its slowest kiosk, "" before one was heard; `late`
 * {"name","minutes"} and `unheard` {"name"} of each that is silent. NULL without
 * memory. */
json_t *bw_web_live_circle(struct bw_web_visit *visit,
    const struct bw_web_circles *circles, size_t i, const struct bw_book *book);

#ifdef __cplusplus
}
#endif

#endif
