/* What waits for the organiser's word, in words and as JSON: for status and conflicts.
 * One thread. All that is given is borrowed for the call. */
#ifndef BW_CLI_PENDING_H
#define BW_CLI_PENDING_H

#include "central/pending.h"

#include <brugwachter/zone.h>
#include <jansson.h>
#include <stdio.h>

/* Whole, as references of the caller's; NULL without memory:
 * [{"device","reason","events"}], [{"name","device","aside_at","why"}],
 * [{"device","words","received_at"}], [number]. */
json_t *bw_cli_quarantine_json(const struct bw_pending *pending);
json_t *bw_cli_aside_json(const struct bw_pending *pending, const struct bw_zone *zone);
json_t *bw_cli_introductions_json(
    const struct bw_pending *pending, const struct bw_zone *zone);
json_t *bw_cli_behind_json(const struct bw_pending *pending);

/* The same as text, each with its heading, nothing where there's none. `out` stays the
 * caller's, open. */
void bw_cli_quarantine_print(const struct bw_pending *pending, FILE *out);
void bw_cli_aside_print(
    const struct bw_pending *pending, const struct bw_zone *zone, FILE *out);
void bw_cli_introductions_print(
    const struct bw_pending *pending, const struct bw_zone *zone, FILE *out);
void bw_cli_behind_print(const struct bw_pending *pending, FILE *out);

#endif
