/* The sheet that an enrolment would make, shown before it is made. One thread, that of
 * the desk. */
#ifndef BW_WEB_KIOSK_SHEET_H
#define BW_WEB_KIOSK_SHEET_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* {"letters","nth","name","circle","day","time","side","qr"}, by the verb itself (WD2);
 * its code is a sample, which opens nothing. `replaces`: a number as typed, or "". False
 * where none would be made so: nothing is said of why, as the form does that once it is
 * sent. NULL without memory. */
json_t *bw_web_kiosk_sheet(const struct bw_web_visit *visit, const char *circle,
    const char *name, const char *replaces);

#ifdef __cplusplus
}
#endif

#endif
