/* Rows of sessions, people and their days at the door, as an office that worked for years
 * has them, for benches; chains and hashes are right. One thread. */
#ifndef BW_BENCH_OFFICE_FILL_H
#define BW_BENCH_OFFICE_FILL_H

#include "central/central.h"

#include <brugwachter/event.h>

/* 25 March 2025, 13.30 to 16.30 in Amsterdam: when every session is. */
#define FILL_START_MS INT64_C(1742905800000)
#define FILL_END_MS (FILL_START_MS + INT64_C(10800000))

/* Ends the program with a sentence where that isn't BW_OK. */
void fill_must(enum bw_status status, const struct bw_error *err);
/* Runs a statement that gives no rows. */
void fill_run(struct bw_central *central, const char *sql,
    const struct bw_sql_value *values, int count);

/* Session `number` (S-NUMBER) of a series that is there, and its kiosk of that number. */
void fill_session(
    struct bw_central *central, int number, int capacity, const char *series);
void fill_person(struct bw_central *central, int session_no, bw_code code);
/* An event as it is merged; `prev` is the hash before it, its own comes back in it. */
void fill_event(struct bw_central *central, struct bw_event *event, const uint8_t *prev);
/* One kiosk's day: every person arrives, and one of ten once more at the end (a conflict
 * each), with a statement a hundred events as it syncs. Codes of people are
 * session_no * 100,000 and up. */
void fill_day(struct bw_central *central, int session_no, int people, int arrivals);

#endif
