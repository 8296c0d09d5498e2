/* Actions by name, for the trace that tests and the demo read. Any thread. */
#ifndef BW_APP_ACTION_NAME_H
#define BW_APP_ACTION_NAME_H

#include <flow/view.h>

/* "staff_admit" for BW_ACTION_STAFF_ADMIT. Static: nobody frees it; never NULL. */
const char *bw_action_name(enum bw_action action);

#endif
