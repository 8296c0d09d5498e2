/* An errand: one run of brugwachter-sync, the program beside this one.
 *
 * The kiosk has no network and no credentials; where a button needs them, it starts the
 * other program with an argument vector and no shell, one at a time, and reads its
 * --json. The running is done in a thread of the errand's own, which only posts.
 *
 * All functions: the UI thread. */
#ifndef BW_APP_ERRAND_H
#define BW_APP_ERRAND_H

#include <brugwachter/clock.h>
#include <brugwachter/error.h>
#include <flow/flow.h>

struct bw_errand_options {
    const char *store_path;
    const char *program;    /* NULL: brugwachter-sync beside this binary */
    const char *stick_root; /* NULL: where sticks are mounted: /media, /run/media, /mnt */
    int limit_ms; /* a program that runs longer is stopped, and the outcome says so; 0:
                     five minutes */
    const struct bw_clock *clock; /* where it was given (--clock) the program is given it
                                     too; NULL: the system's; outlives the errand */
    uint32_t (*device)(void *context); /* this kiosk's number, to find its roster file */
    void (*wake)(void *context);       /* from the errand's thread: it ended */
    void *context;
};

struct bw_errand;

/* Prepares errands, and starts nothing. Texts are copied; clock and context are borrowed
 * until destroy. The caller destroys *ret_errand. BW_NO_MEMORY; without a program's path
 * BW_IO where this binary's own can't be read, as where /proc isn't mounted. */
BW_NODISCARD enum bw_status bw_errand_create(const struct bw_errand_options *options,
    struct bw_errand **ret_errand, struct bw_error *err);

/* Starts `helper`; `enrolment` is given to enrol-device's standard input, and
 * copied (NULL: none). BW_BUSY while another runs; BW_IO where the system gives no
 * thread; BW_NO_MEMORY. Nothing was started then. What the program fails with comes as
 * its outcome. */
BW_NODISCARD enum bw_status bw_errand_start(struct bw_errand *errand,
    enum bw_helper helper, const char *enrolment, struct bw_error *err);

/* True once for each errand that ended; else nothing is written. ret_said is the sentence
 * that the program wrote to stderr, empty where there was none. NULL is fine. */
bool bw_errand_pop(struct bw_errand *errand, enum bw_helper *ret_helper,
    enum bw_helper_outcome *ret_outcome, char ret_said[BW_ERROR_TEXT_BYTES]);

/* Ends a running program (SIGTERM), waits, frees. Accepts NULL. */
void bw_errand_destroy(struct bw_errand *errand);

#endif
