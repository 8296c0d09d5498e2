/* The sandbox: the process in which pictures from outside are opened and read.
 *
 * Its life: started by camera.c with a control pipe, a record pipe and a mailbox; opens
 * the source of its frames; locks itself in (lock.h); then reads frames until it is told
 * to stop, its parent is gone, or it is killed.
 * One thread, no SDL video, no child processes. */
#ifndef BW_SCAN_SANDBOX_H
#define BW_SCAN_SANDBOX_H

#include "scan/qr/scanner.h"

#define BW_SANDBOX_ARGUMENT "--scan-sandbox"

/* Was this process started as a sandbox? main() asks this before anything else: before
 * SDL, locale, threads or options. */
bool bw_sandbox_wanted(int argc, char **argv);

/* The sandbox's main. Ends the process by itself, as it is told or by a fault, which the
 * kiosk hears as a record; returns BW_EXIT_USAGE, with a line on stderr, where the
 * arguments are none of the kiosk's. */
int bw_sandbox_main(int argc, char **argv);

/* What reads a frame, for tests that need a reader which hangs or misbehaves. */
struct bw_sandbox_reader {
    enum bw_status (*create)(const struct bw_scanner_options *options,
        struct bw_scanner **ret_scanner, struct bw_error *err);
    void (*destroy)(struct bw_scanner *scanner);
    enum bw_status (*read)(struct bw_scanner *scanner, const struct bw_luma *frame,
        struct bw_sighting *ret_sighting, struct bw_error *err);
};

/* The same with another reader, for tests. It is borrowed for the process's life. */
int bw_sandbox_main_with(int argc, char **argv, const struct bw_sandbox_reader *reader);

#endif
