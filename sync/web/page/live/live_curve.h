/* The curve of Live, drawn: how many were in at the end of each five minutes
 * (report/figures/status_door.h). One thread. */
#ifndef BW_WEB_LIVE_CURVE_H
#define BW_WEB_LIVE_CURVE_H

#include "report/book/book.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* {"columns":[{"x","y","w","h","last","middle","above","people"}],"lines":[{"y",
 * "text_y","number","opacity"}],"times":[{"x","time"}],"begins_line":{"begin",
 * "begin_text"},"label"}, lengths in units of a picture of 680 by 170; `label` says what
 * there is to see. False where nobody came. NULL without memory. */
json_t *bw_web_live_curve(
    const struct bw_web_visit *visit, const struct bw_book *book, struct bw_zone *zone);

#ifdef __cplusplus
}
#endif

#endif
