/* A day to report on: three places, P0 to P2 have one, P3 to P5 wait;
 * a kiosk called Balie. */
#ifndef BW_TESTS_DAY_HELP_H
#define BW_TESTS_DAY_HELP_H

#include "kiosk_help.h"

struct day {
    struct office office;
    struct kiosk kiosk, side;
    char folder[200];
};

int day_setup(void **state);
int day_teardown(void **state);

/* P0, P1 and the walk-in Jan de Boer come, and Fleur van Dam comes for P2; P3 to P5 wait.
 * Answers the number of P1's arrival. */
uint64_t day_four_come(struct day *day);

/* After the session's end. */
void day_push(struct kiosk *kiosk);
void day_arrived(struct kiosk *kiosk, bw_code code, enum bw_basis basis);

/* report.json, read from its file; the caller drops it. Fails unless `report` ends so. */
json_t *day_report(struct day *day, enum bw_exit want);
/* Borrowed. */
json_t *day_session(const json_t *root);

#endif
