/* What the workers left in their mailboxes becomes stimuli. UI thread only. */
#ifndef BW_APP_MAIL_H
#define BW_APP_MAIL_H

#include "running.h"

/* All that the desk, the camera and the errand have posted, and the battery's state now
 * and then. Faults are told on standard error. */
void bw_mail_deliver(struct bw_app *app);

#endif
