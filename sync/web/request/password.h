/* The desk's own password, where others than this machine reach it: behind a reverse
 * proxy. Kept as an argon2id hash alone.
 *
 * WP1 after five wrong ones in a minute none is looked at until the minute is over: what
 *     one guess costs the desk is bounded, and so is how many there are.
 *
 * One thread: the server's. Times are monotonic ms. */
#ifndef BW_WEB_PASSWORD_H
#define BW_WEB_PASSWORD_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_PASSWORD_HASH_BYTES = 128,
    BW_WEB_PASSWORD_LEAST = 12, /* characters */
    BW_WEB_PASSWORD_WRONG_MAX = 5,
    BW_WEB_PASSWORD_REST_MS = 60 * 1000,
};

/* Zeroed is none: nothing fits it. */
struct bw_web_password {
    char hash[BW_WEB_PASSWORD_HASH_BYTES];
    int wrong;
    int64_t wrong_ms; /* since the first of them */
};

/* Reads the first line of a file that only its owner may read, and keeps its hash.
 * BW_REFUSED: others may read it too. BW_BAD_INPUT: it is too short. BW_NOT_FOUND, BW_IO,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_password_read(
    const char *path, struct bw_web_password *ret_password, struct bw_error *err);

/* Whether there's one, so that it is asked for. */
bool bw_web_password_is_set(const struct bw_web_password *password);

enum bw_web_password_answer {
    BW_WEB_PASSWORD_RIGHT,
    BW_WEB_PASSWORD_WRONG,
    BW_WEB_PASSWORD_LATER, /* WP1: it wasn't looked at */
};

/* Takes a guess. Costs some tenths of a second. */
enum bw_web_password_answer bw_web_password_try(
    struct bw_web_password *password, const char *typed, int64_t mono_ms);

#ifdef __cplusplus
}
#endif

#endif
