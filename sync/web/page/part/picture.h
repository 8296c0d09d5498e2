/* Pictures of what a change would do, and the step that it became: what deeds on people
 * (deed.c) and on a whole circle (circle_deed.c) share. One thread. */
#ifndef BW_WEB_PICTURE_H
#define BW_WEB_PICTURE_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A digest of what a picture says: who confirms it sends it back, and another one means
 * that somebody changed something meanwhile. BW_NO_MEMORY, also for NULL: one that
 * couldn't be made. */
BW_NODISCARD enum bw_status bw_web_picture_digest(
    const json_t *picture, char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err);

/* Adds a row whose "picture" is a digest of `seen`; takes both. The list is NULL once one
 * couldn't be made. */
void bw_web_picture_add(json_t **inout_list, json_t *row, json_t *seen);

/* The number of the newest step, where it is about this; else 0: it is somebody else's,
 * or there's none. */
int64_t bw_web_picture_step(const struct bw_office *office, const char *about);

/* The same where it is this command's, whatever it is about. */
int64_t bw_web_picture_newest(const struct bw_office *office, const char *what);

/* --why of a form: cleaned. One that is too long or no text is noted as wrong (form.h),
 * and ret_why is "" then. */
void bw_web_picture_why(struct bw_web_visit *visit, char ret_why[BW_TITLE_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
