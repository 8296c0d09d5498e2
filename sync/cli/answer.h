/* What commands print: one JSON object on a line, or text for people. One thread. */
#ifndef BW_SYNC_ANSWER_H
#define BW_SYNC_ANSWER_H

#include "cli/command.h"

#include <jansson.h>

/* Prints `root` on a line and takes it (NULL: there was no memory; BW_NO_MEMORY). */
BW_NODISCARD enum bw_status bw_cli_json(
    struct bw_call *call, json_t *root, struct bw_error *err);

/* The exit status of a command whose work is done (`result`), and whose answer was
 * written or not (`answered`): a lost answer is something to look at, never a failure,
 * which would say that nothing was changed. Adds to the sentence of `err`. */
enum bw_exit bw_cli_exit(
    enum bw_status answered, enum bw_exit result, struct bw_error *err);

/* A code as JSON: "K7QM2XRD" (the caller's reference; NULL without memory). */
json_t *bw_cli_code(uint64_t code);

#endif
