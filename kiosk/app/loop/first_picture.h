/* What makes the first picture come sooner: a thread has the system hand out the window's
 * memory, which takes 6 ms at 1920x1080, while the other parts start and the texts of
 * the first screen are drawn. UI thread only. */
#ifndef BW_APP_FIRST_PICTURE_H
#define BW_APP_FIRST_PICTURE_H

#include "running.h"

/* With the window just opened. Where there is no thread to be had, the picture comes
 * later. */
void bw_app_first_picture_start(struct bw_app *app);

/* The next picture is the first one: `view` is prepared while the thread is at work. */
void bw_app_first_picture_prepare(struct bw_app *app);

/* Waits for the thread. Nothing where none runs. */
void bw_app_first_picture_join(struct bw_app *app);

#endif
