/* What can go wrong, said once: a status for the program, one sentence for the person.
 *
 * Every fallible function of ours returns `enum bw_status` and takes a `struct bw_error
 * *` (the caller's; may be NULL) that it fills when it fails. After BW_OK what stands in
 * it means nothing: something may have failed inside that could be done without. The
 * library never prints. A sentence says what was being done, to what, why it failed, and
 * what to do.
 *
 * Any thread; an error is a plain value, and owns nothing. */
#ifndef BRUGWACHTER_ERROR_H
#define BRUGWACHTER_ERROR_H

#include <stdarg.h>

#define BW_NODISCARD __attribute__((warn_unused_result))
#define BW_PRINTF(text, args) __attribute__((format(printf, text, args)))

enum bw_status {
    BW_OK = 0,
    BW_BAD_INPUT, /* what came from outside doesn't hold; nothing was changed */
    BW_NOT_FOUND, /* no such file, session, code, event */
    BW_REFUSED,   /* understood, and not allowed */
    BW_NEWER,     /* written by a newer version than this program */
    BW_CORRUPT,   /* a file or chain that doesn't hold */
    BW_FULL,      /* no room: disk full, or a limit given at birth is reached */
    BW_READ_ONLY, /* the place can't be written to */
    BW_BUSY,      /* somebody else holds it; try again */
    BW_OFFLINE,   /* the other side can't be reached; no error for a person */
    BW_IO,        /* the system failed; os_errno says how */
    BW_NO_MEMORY,
};

enum { BW_ERROR_TEXT_BYTES = 600 };

struct bw_error {
    enum bw_status status;
    int os_errno;      /* 0 where there is none */
    const char *given; /* which value is wrong, as its option is called; NULL: none */
    char text[BW_ERROR_TEXT_BYTES];
};

/* Fills *err (NULL is fine) and returns `status`, so that a caller can
 * `return bw_error_set(err, BW_BAD_INPUT, 0, "…")`. os_errno 0: none. The text is copied,
 * cut at BW_ERROR_TEXT_BYTES and a character; control characters become '?'. The sentence
 * is said in the thread's language (said.h). No argument may lie in err->text. */
enum bw_status bw_error_set(struct bw_error *err, enum bw_status status, int os_errno,
    const char *format, ...) BW_PRINTF(4, 5);

/* Says which of the values that somebody gave it is about: "mail", static; a form shows
 * the sentence there. With BW_OK nothing is said. Returns `status`; err NULL is fine. */
enum bw_status bw_error_about(
    struct bw_error *err, enum bw_status status, const char *given);

/* Puts "…: " before the sentence that a lower layer gave in *err (NULL is fine). Sets and
 * returns `status`; os_errno and what it is about stay. Cut and cleaned as above. */
enum bw_status bw_error_prefix(
    struct bw_error *err, enum bw_status status, const char *format, ...) BW_PRINTF(3, 4);

/* Exit statuses of both programs (design: programs). */
enum bw_exit {
    BW_EXIT_DONE = 0,
    BW_EXIT_LOOK = 1,  /* done, with something to look at */
    BW_EXIT_USAGE = 2, /* wrong use */
    BW_EXIT_FAILED = 3 /* could not be done, nothing was changed */
};

#endif
