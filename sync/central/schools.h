/* The list of schools that are to be reached, as `import schools` took it in, and which
 * of them is meant where somebody wrote a school by hand. The list of the last import
 * that stands is the list.
 *
 * SO1 a name that may be several schools of the list is none of them, until the organiser
 *     says which. One thread. */
#ifndef BW_SYNC_CENTRAL_SCHOOLS_H
#define BW_SYNC_CENTRAL_SCHOOLS_H

#include "central/base/arena.h"
#include "central/central.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    BW_SCHOOL_KEY_BYTES = 256,
    BW_SCHOOL_SETTLED = 23, /* as kinds of what was learned (learned.h) */
};

/* What a school's name comes to: folded, without its kind ("OBS", "basisschool"), its
 * article and its town; and the town ("te Groningen", "(Groningen)", ", Groningen"), ""
 * where none is named. Can't fail. */
void bw_school_key(const char *school, char ret_name[BW_SCHOOL_KEY_BYTES],
    char ret_town[BW_SCHOOL_KEY_BYTES]);

/* "" where the list doesn't say it. Borrowed from the list. */
struct bw_school {
    const char *code, *name, *town, *region;
    const char *label;          /* "OBS De Klim, Zwolle" */
    const char *fold;           /* the name with its kind, folded */
    const char *key, *town_key; /* bw_school_key */
};

struct bw_school_way; /* a text by which one of them is found */

/* Zeroed is empty: no list was taken in. */
struct bw_schools {
    struct bw_school *items; /* as the file had them */
    size_t count, capacity;
    struct bw_school_way *ways, *settled; /* by their text */
    size_t ways_count, ways_capacity, settled_count, settled_capacity;
    struct bw_arena arena;
    bool no_memory;
};

/* Reads the list, and what was settled of names. bw_schools_finish frees it.
 * BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_schools_load(
    struct bw_central *central, struct bw_schools *ret_schools, struct bw_error *err);
void bw_schools_finish(struct bw_schools *schools);

/* One more, of which copies are kept, to be found after bw_schools_sort. False without
 * memory. */
bool bw_schools_add(struct bw_schools *schools, const char *code, const char *name,
    const char *town, const char *region);
void bw_schools_sort(struct bw_schools *schools);

/* Reads what was settled of names, for a list that comes from elsewhere, before it is
 * sorted. BW_NO_MEMORY, what the database answers. */
BW_NODISCARD enum bw_status bw_schools_recall(
    struct bw_central *central, struct bw_schools *schools, struct bw_error *err);

/* Which school a text means: what was settled of it, else by name and town (SO1). NULL:
 * none. */
const struct bw_school *bw_schools_find(
    const struct bw_schools *schools, const char *text);

/* By its code or its label, whichever is of one school alone. NULL: none. */
const struct bw_school *bw_schools_named(
    const struct bw_schools *schools, const char *name);

#endif
