/* Kiosks' letters, beside the desk: a thread with a connection of its own takes them in
 * and puts rosters out, so that no page waits for a carrier.
 *
 *   waiting --15 s, 2 s in a hurry, or asked--> letters in --asked--> rosters out --.
 *      ^----------------------------- bell ------------------------------------------'
 *
 * Started and stopped by the server's thread; the rest says which thread calls it. */
#ifndef BW_WEB_POST_H
#define BW_WEB_POST_H

#include <brugwachter/clock.h>
#include <brugwachter/error.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bw_web_post;

/* What it works with. Copied, but for the texts, which outlive it. */
struct bw_web_post_setup {
    const char *central_uri, *key_path, *netrc_path;
    bool netrc_given;
    struct bw_clock clock;
};

/* Starts the thread. The caller stops it with bw_web_post_stop. BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_post_start(const struct bw_web_post_setup *setup,
    struct bw_web_post **ret_post, struct bw_error *err);
/* Waits for what it is at, a carrier's time at most. NULL is fine. */
void bw_web_post_stop(struct bw_web_post *post);

/* A descriptor that is readable after each round; bw_web_post_heard reads it empty. */
int bw_web_post_bell(const struct bw_web_post *post);

/* UTC in ms of the last round, 0 before one was done; and why one couldn't be, copied
 * into the caller's room ("" where all was well). Any thread. */
int64_t bw_web_post_heard(struct bw_web_post *post, char ret_why[BW_ERROR_TEXT_BYTES]);

/* Something that kiosks are to hear of was changed: rosters go out now. Any thread. */
void bw_web_post_put(struct bw_web_post *post);

/* Somebody watches: letters are looked for every second. Any thread. */
void bw_web_post_hurry(struct bw_web_post *post, bool hurry);

#ifdef __cplusplus
}
#endif

#endif
