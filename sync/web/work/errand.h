/* What the desk has the program's own commands do: tickets, mail, sheets, reports. Each
 * runs beside the desk, as in a terminal, and leaves its files in a folder of its own, to
 * be fetched; so what the desk gives is what the command gives.
 *
 *   begun (--grace-->) at work --over--> files to fetch --too many, the end--> gone
 *
 * WE1 what is fetched is a file that the command made: it is named by its place in a
 *     list, never by a path.
 * WE2 a work goes on when its page is closed; one that tells people begins a minute
 *     later, so that it can be stopped.
 *
 * The desk's thread; commands run on the work's (WW1). */
#ifndef BW_WEB_ERRAND_H
#define BW_WEB_ERRAND_H

#include "web/work/folder.h"
#include "web/request/guard.h"
#include "web/work/work.h"

#include <brugwachter/code.h>
#include <jansson.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_WEB_ERRANDS_MAX = 12,
    BW_WEB_ERRAND_ID_BYTES = 33,
    BW_WEB_ERRAND_WORDS_MAX = 17,
    BW_WEB_ERRAND_FILES_MAX = 200, /* that are listed; the archive has all */
};

/* Runs a command of the program on the desk's database, with --json: its answer on `out`,
 * its one line about what failed on `diag`. 0 and 1: it was done. */
typedef int bw_web_command(const void *context, const char *const words[], int count,
    struct bw_progress *progress, FILE *out, FILE *diag);

struct bw_web_errand_file {
    char *name; /* below the folder; owned */
    size_t bytes;
};

struct bw_web_errand {
    char id[BW_WEB_ERRAND_ID_BYTES];  /* "": none */
    const char *what;                 /* its sentence's key: "er.tickets"; static */
    char about[BW_TITLE_BYTES];       /* a circle's title, a name; "" */
    char pin[8];                      /* that was chosen for it, to be shown once; "" */
    char folder[BW_WEB_FOLDER_BYTES]; /* of it: "uit/" with the files, and the archive */
    int64_t since_ms;                 /* monotonic */
    char *words[BW_WEB_ERRAND_WORDS_MAX]; /* owned */
    int words_count;
    char give[8];  /* asked for at once: "alles", or how a file's name ends; "" */
    bool plain;    /* what it prints is the file */
    bool replaces; /* it puts another database in the place of what the desk shows */
    bw_web_command *command;
    const void *command_context;
    struct bw_web_work *work; /* NULL: over */
    /* once it is over */
    int exit;       /* of the command */
    json_t *answer; /* owned; NULL: none */
    char why[BW_ERROR_TEXT_BYTES];
    struct bw_web_errand_file files[BW_WEB_ERRAND_FILES_MAX];
    int files_count;
    int64_t files_all;
};

struct bw_web_errands {
    struct bw_web_errand items[BW_WEB_ERRANDS_MAX];
};

/* A new one, to be given its words; the oldest that isn't at work goes where there are
 * too many. `what` is static. BW_BUSY, BW_IO, BW_NO_MEMORY. Borrowed. */
BW_NODISCARD enum bw_status bw_web_errand_new(struct bw_web_errands *errands,
    const char *what, int64_t mono_ms, struct bw_web_errand **ret_errand,
    struct bw_error *err);

/* A word of the command; "{uit}" in it stands for the folder of its files. False without
 * memory, or past the limit. */
bool bw_web_errand_word(struct bw_web_errand *errand, const char *word);

/* Puts what the command reads beside its files, yours alone. BW_BAD_INPUT, and the errors
 * of bw_output_bytes. */
BW_NODISCARD enum bw_status bw_web_errand_keep(const struct bw_web_errand *errand,
    const char *name, const void *bytes, size_t length, struct bw_error *err);

/* Begins it: `plan` without job and context. What bw_web_work_begin answers; the errand
 * is gone then. */
BW_NODISCARD enum bw_status bw_web_errand_begin(struct bw_web_errand *errand,
    const struct bw_web_work_plan *plan, struct bw_error *err);

/* As bw_web_draft_settled. */
bool bw_web_errand_settled(
    struct bw_web_errand *errand, int wait_ms, struct bw_web_work_state *ret_state);

/* Whether a file is named by somebody's code, as those of one person are. */
bool bw_web_errand_whose(const char *path, bw_code *ret_code);

/* By its id, NULL where there's none. Borrowed. */
struct bw_web_errand *bw_web_errand_of(struct bw_web_errands *errands, const char *id);
/* Throws it away with its files; a work under way is stopped. NULL is fine. */
void bw_web_errand_drop(struct bw_web_errand *errand);
/* The same with all of them. */
void bw_web_errands_finish(struct bw_web_errands *errands);

/* Reads file `at`, -1 for the archive of all; the caller frees. BW_NOT_FOUND, and the
 * errors of bw_file_read. *ret_name is borrowed. */
BW_NODISCARD enum bw_status bw_web_errand_read(const struct bw_web_errand *errand, int at,
    const char **ret_name, unsigned char **ret_bytes, size_t *ret_length,
    struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
