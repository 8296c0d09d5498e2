/* A kiosk for a test: its store in the office's folder, the real program run on it, and
 * events written as the door writes them. */
#ifndef BW_TESTS_KIOSK_HELP_H
#define BW_TESTS_KIOSK_HELP_H

#include "office_help.h"

#include <brugwachter/store.h>

/* 25 March 2025, 13.30 in Amsterdam: office_open's session begins; it ends at 16.30. */
#define KIOSK_START_MS INT64_C(1742905800000)
#define KIOSK_MINUTE_MS INT64_C(60000)
#define KIOSK_AFTER "2025-03-25T17:00:00"
#define KIOSK_BEFORE "2025-03-25T12:00:00"

struct kiosk {
    struct office *office;
    uint32_t device;
    char path[512];   /* the store */
    char *out, *diag; /* what the last run printed */
    size_t out_bytes, diag_bytes;
    int64_t wall_ms, mono_ms; /* the door's clock; moves a second an event */
    struct bw_clock clock;
};

/* Enrols a kiosk of session(s) `sessions`, makes its store and pulls its roster. */
void kiosk_open(
    struct kiosk *kiosk, struct office *office, const char *name, const char *sessions);
/* The same without pulling. */
void kiosk_enrol(
    struct kiosk *kiosk, struct office *office, const char *name, const char *sessions);
void kiosk_finish(struct kiosk *kiosk);

/* Runs `brugwachter-sync --store PATH WORDS…`; the list ends with NULL. */
enum bw_exit kiosk_run(struct kiosk *kiosk, ...) __attribute__((sentinel));
json_t *kiosk_json(struct kiosk *kiosk, enum bw_exit *ret_exit, ...)
    __attribute__((sentinel));

struct bw_store *kiosk_store(const struct kiosk *kiosk, enum bw_store_mode mode);

/* Whether the store's files hold these bytes (no quote among them), in whatever page. */
bool kiosk_holds(const struct kiosk *kiosk, const char *text);

/* What the door would write; each returns the event's number. */
uint64_t kiosk_arrived(struct kiosk *kiosk, bw_code code);
uint64_t kiosk_walk_in(struct kiosk *kiosk, const char *first_name, const char *name);
uint64_t kiosk_walk_in_elsewhere(struct kiosk *kiosk, uint32_t session_no,
    const char *first_name); /* … Zwart, of a session that isn't the kiosk's */
uint64_t kiosk_event(
    struct kiosk *kiosk, struct bw_event event, const struct bw_event_details *details);

/* Sign-ups of session S-1: `count` people, Piet P0 and so on, with a mail each. */
void people_sign_up(struct office *office, int count);
/* The code of Piet P`number`. */
bw_code people_code(const struct office *office, int number);

/* Removes a folder and all in it. */
void folder_remove(const char *path);

#endif
