/* A run of the kiosk begins: it is counted in the store, and told to the journal. The
 * thread that has the store. */
#ifndef BW_APP_RUN_H
#define BW_APP_RUN_H

#include <brugwachter/clock.h>
#include <brugwachter/store.h>

/* Counts the run (bw_store_run_begin), and says which kiosk begins, of which version, and
 * that the run before was cut off, where it was. Nothing here fails. */
void bw_run_begin(struct bw_store *store, const struct bw_clock *clock);

#endif
