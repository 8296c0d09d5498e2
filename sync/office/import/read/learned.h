/* What spellings in files mean, as an organiser said once: kept with the step of the
 * import that was told, so that `undo` takes it back, and read by the next one.
 *
 * LD1 what is learned holds for as long as its step stands; of several the last counts.
 * LD2 nothing is learned of a heading that is known anyway, nor twice in a row.
 *
 * One thread. */
#ifndef BW_SYNC_LEARNED_H
#define BW_SYNC_LEARNED_H

#include "central/base/arena.h"
#include "central/central.h"
#include "central/schools.h"

#include <stdbool.h>

/* Numbers that the database holds. */
enum bw_learned_kind {
    /* A heading (bw_heading_key) of a file of bw_import_kind k is kind 1 + k, those of
     * both kinds of form the same; the meaning is a field's name, or "-": none any
     * more. */
    BW_LEARNED_HEADING = 1,
    /* A form with these headings has no column for a field: the
     * meaning, which stands behind a blank in the spelling too. */
    BW_LEARNED_WITHOUT = 20,
    BW_LEARNED_REGION = 21, /* folded; the region of a session, or "-": it's left as is */
    BW_LEARNED_CIRCLE = 22, /* folded; a session's code */
    BW_LEARNED_SCHOOL = BW_SCHOOL_SETTLED, /* folded; its code, or its label */
    /* A registration's code, a blank and a field's name; "=" and what a file said of it,
     * which wasn't taken over, or "-": that is asked again. Personal: it goes with who is
     * forgotten or purged. */
    BW_LEARNED_REFUSED = 24,
};

struct bw_learned_item {
    int kind;
    const char *spelling, *meaning;
};

/* Zeroed is empty. */
struct bw_learned {
    struct bw_learned_item *items; /* the last said comes last */
    size_t count, capacity;
    struct bw_arena arena;
    bool no_memory;
};

/* Reads all that stands; bw_import_learned_finish frees it. BW_NO_MEMORY, what the
 * database answers. */
BW_NODISCARD enum bw_status bw_import_learned_load(
    struct bw_central *central, struct bw_learned *ret_learned, struct bw_error *err);
void bw_import_learned_finish(struct bw_learned *learned);

/* One more item, in memory alone, of which copies are kept. False without memory. */
bool bw_import_learned_add(
    struct bw_learned *learned, int kind, const char *spelling, const char *meaning);

/* The meaning, or NULL. Borrowed. */
const char *bw_import_learned_find(
    const struct bw_learned *learned, int kind, const char *spelling);

/* Keeps it with the step that was begun last, in its transaction. *inout_new counts it
 * where it wasn't known so before (LD2). What the database answers. */
BW_NODISCARD enum bw_status bw_import_learned_put(struct bw_central *central,
    const struct bw_learned *learned, int kind, const char *spelling, const char *meaning,
    int64_t *inout_new, struct bw_error *err);

#endif
