/* A printer, of labels or of lists: a few sheets wait here, and each is printed by a
 * process of its own (print.h), one after the other. A thread waits for that process, so
 * that nobody else does.
 *
 * All functions: the UI thread. They accept NULL: no printer is set up. The process that
 * uses it ignores SIGPIPE. */
#ifndef BW_APP_PRINTER_H
#define BW_APP_PRINTER_H

#include <brugwachter/error.h>
#include <flow/flow.h>

enum { BW_PRINTER_QUEUE = 16 };

struct bw_printer_options {
    const char *printer;         /* as CUPS knows it */
    const char *size;            /* "62x29", "89x36"; BW_PRINT_LIST */
    const char *program;         /* what prints; NULL: this binary */
    void (*wake)(void *context); /* from the printer's thread: one ended */
    void *context;
};

struct bw_printer;

/* Starts the thread. Texts are copied. The caller destroys *ret_printer. BW_NO_MEMORY;
 * BW_IO where the system gives no thread. */
BW_NODISCARD enum bw_status bw_printer_create(const struct bw_printer_options *options,
    struct bw_printer **ret_printer, struct bw_error *err);

/* Lets a sheet wait, copied: of a label first name, name, school, region, a line each; of
 * a list its lines. False where as
 * many wait already as may: it is left out. */
bool bw_printer_put(struct bw_printer *printer, const char *sheet);

/* How the last one ended, once: DONE, PAPER or FAILED. False where none ended since. */
bool bw_printer_pop(struct bw_printer *printer, enum bw_helper_outcome *ret_outcome);

/* Ends the process that prints, and the thread; what waits is left out. */
void bw_printer_destroy(struct bw_printer *printer);

#endif
