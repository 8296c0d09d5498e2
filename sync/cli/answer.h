/* What commands print: one JSON object on a line, or text for people. One thread. */
#ifndef BW_SYNC_ANSWER_H
#define BW_SYNC_ANSWER_H

#include "cli/command.h"

#include <jansson.h>

/* Prints `root` on a line and takes it (NULL: there was no memory). BW_NO_MEMORY, also
 * where it ran out on the way; a stream that failed says so itself. */
BW_NODISCARD enum bw_status bw_cli_json(
    struct bw_call *call, json_t *root, struct bw_error *err);

/* The exit status of a command whose work is done (`result`), and whose answer was
 * written or not (`answered`): a lost answer is something to look at, never a failure,
 * which would say that nothing was changed. Adds to the sentence of `err`. */
enum bw_exit bw_cli_exit(
    enum bw_status answered, enum bw_exit result, struct bw_error *err);

/* Adds an entry to a list, and takes it; the whole list is NULL once one couldn't be
 * made, for a part would look whole. NULL is fine for both. */
void bw_cli_add(json_t **inout_list, json_t *entry);

/* Sets a member, and takes it; likewise the whole object. */
void bw_cli_set(json_t **inout_object, const char *name, json_t *value);

/* A code as JSON: "K7QM2XRD" (the caller's reference; NULL without memory). */
json_t *bw_cli_code(uint64_t code);

#endif
