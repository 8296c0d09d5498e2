/* What the store's tests share: a folder of their own,
 * a clock that stands still, makers. */
#ifndef TESTS_CORE_STORE_HELP_H
#define TESTS_CORE_STORE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <brugwachter/core.h>
#include <brugwachter/store.h>
#include <stdio.h>

enum { HELP_PATH_BYTES = 256, HELP_DEVICE = 3, HELP_SESSION = 12, HELP_OTHER };
#define HELP_CODE "GRO-2025-03-18"
#define HELP_OTHER_CODE "UTR-2025-03-20"
#define HELP_SERIES "LK-3"

#define HELP_WALL_MS INT64_C(1742303520000) /* 2025-03-18 13:12 UTC */

/* A group's set-up and tear-down: libsodium, and an empty folder that goes at the end. */
int help_setup(void **state);
int help_teardown(void **state);

/* A path in that folder; a name in use is made free. */
void help_path(const char *name, char ret_path[HELP_PATH_BYTES]);

/* Fails the test with the error's own sentence. */
#define help_ok(status, err)                                                             \
    do {                                                                                 \
        if ((status) != BW_OK) {                                                         \
            fail_msg("%s", (err)->text);                                                 \
        }                                                                                \
    } while (0)

/* A status other than BW_OK, with a sentence: what, where, why, what to do. */
void help_refused(enum bw_status got, enum bw_status want, const struct bw_error *err,
    const char *path);

struct bw_enrolment help_enrolment(uint32_t device);
/* Made and opened. */
struct bw_store *help_store(const char *path, enum bw_store_mode mode);
struct bw_store *help_open(const char *path, enum bw_store_mode mode);

/* A clock that moves only when told; `ms` is wall and monotonic time alike. */
struct help_clock {
    struct bw_clock clock;
    int64_t wall_ms, mono_ms;
};
void help_clock_init(struct help_clock *clock);

struct bw_event help_arrived(bw_code code);
/* An arrival at another kiosk, hashed, stamped by its wall time. */
struct bw_event help_peer_event(uint32_t device, uint64_t seq, int64_t wall_ms);
struct bw_registration help_registration(
    bw_code code, const char *first_name, const char *name);
/* Of HELP_SERIES. */
struct bw_session help_session(uint32_t session_no, const char *code);

/* Begins a roster letter of this session (HELP_SESSION, or HELP_OTHER, which it enrols
 * for too): whole, with both sessions in it, or of what changed since the last one. */
void help_letter_begin(struct bw_store *store, uint32_t session_no, bool whole);
/* Commits it; it was applied. */
void help_letter_commit(struct bw_store *store);

/* Appends arrivals of codes from `first` on. */
void help_append(struct bw_store *store, bw_code first, int count);

/* The chain holds from the first event to the `events`th, and the file too. */
void help_verify(struct bw_store *store, uint64_t events);

/* One SQL script on the file, past the store; for doing harm. */
void help_sql(const char *path, const char *sql);

#endif
