/* A season as it should be: twelve circles, their people and places in plain arrays, with
 * the rules of design.md section 9 written a second time, shortest way.
 *
 * A person of the model has a number, a name and a school of their own. Codes and numbers
 * of people are the office's: season_learn takes over those that an import made. */
#ifndef BW_TESTS_SEASON_MODEL_H
#define BW_TESTS_SEASON_MODEL_H

#include "tests/sync/office_help.h"

#include <stdint.h>

enum {
    SEASON_CIRCLES = 12,
    SEASON_PLACES = 4,
    SEASON_TWINS = 8,   /* people 0 to 7 share a mail address with 8 to 15 */
    SEASON_LOCALS = 36, /* people 16 to 35: one circle each, and corrected words */
    SEASON_PEOPLE = 72,
    SEASON_ENTRIES_MAX = SEASON_CIRCLES * SEASON_PEOPLE,
};

enum season_doubt { SEASON_SURE, SEASON_MAIL, SEASON_ROLE };

struct season_entry {
    int64_t code, person_no; /* the office's; person_no 0: not learned yet */
    int circle, who;         /* who it was made for */
    enum bw_registration_status status;
    int64_t time_ms, changed_ms;
    enum season_doubt doubt;
    int64_t doubt_of; /* code */
};

struct season {
    struct season_entry entries[SEASON_ENTRIES_MAX];
    int count;
    int64_t person_no[SEASON_PEOPLE]; /* 0: nobody knows them */
    bool called_off[SEASON_CIRCLES];
    int64_t now_ms;
};

/* One person's answers in a form. */
struct season_answer {
    int who;
    int64_t first_ms, last_ms;
    bool denies; /* "geen brugfunctionaris" */
};

/* A circle's form, in order of first_ms. */
void season_import(
    struct season *season, int circle, const struct season_answer *answers, int count);
void season_learn(struct season *season, const struct office *office);

void season_cancel(struct season *season, int entry);
void season_reinstate(struct season *season, int entry);
void season_promote(struct season *season, int circle);
void season_merge(struct season *season, int one, int other);
void season_settle(struct season *season, int entry, const char *way);

/* What the office and the model hold, in the same words; the caller frees. */
char *season_told(const struct season *season);
char *season_found(const struct office *office);
/* All of people, places and circles, but for what an undo counts on: revisions, and the
 * tickets of who has no place. The caller frees. */
char *season_dump(const struct office *office);

#endif
