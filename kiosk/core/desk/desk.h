/* The desk: takes commands, decides, records, answers. One session at a time.
 *
 * Each command is one transaction at most; BW_ANSWER_VERDICT with `welcome` is given only
 * after the event is durable. Presence is kept in memory, folded from the log at open,
 * and followed as other programs add to the store.
 * One thread at a time (the desk thread). */
#ifndef BW_CORE_DESK_H
#define BW_CORE_DESK_H

#include <brugwachter/clock.h>
#include <brugwachter/command.h>
#include <brugwachter/store.h>

struct bw_desk;

struct bw_desk_options {
    /* NULL: the enrolled session whose doors-to-end holds, else the next,
     * else the last */
    const char *session_code;
};

/* Takes the store (closes it, on failure too) and copies the clock. bw_desk_destroy ends
 * *ret_desk. Store errors, BW_NO_MEMORY, and the errors of bw_zone_open. No roster yet is
 * no error: commands then answer with an error, and OVERVIEW says has_roster = false. */
BW_NODISCARD enum bw_status bw_desk_create(struct bw_store *take_store,
    const struct bw_clock *clock, const struct bw_desk_options *options,
    struct bw_desk **ret_desk, struct bw_error *err);
void bw_desk_destroy(struct bw_desk *desk);

/* The key of its store's names (store_names.h), before the desk is destroyed and another
 * opened: the caller gives or drops it. NULL where they aren't open, or without desk. */
struct bw_names_key;
struct bw_names_key *bw_desk_take_names(struct bw_desk *desk);

/* Carries out one command. What can go wrong is in the answer (BW_ANSWER_ERROR), so
 * there's always one. The answer is initialised here; the caller finishes it. */
void bw_desk_run(
    struct bw_desk *desk, const struct bw_command *command, struct bw_answer *ret_answer);

/* Zone of the active session (Europe/Amsterdam without one). Borrowed until SWITCH. */
const struct bw_zone *bw_desk_zone(const struct bw_desk *desk);

#endif
