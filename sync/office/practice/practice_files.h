/* The files that a practice series is made of, as forms and sheets would bring them: the
 * people are invented, always the same, and their days lie around now. One thread. */
#ifndef BW_OFFICE_PRACTICE_FILES_H
#define BW_OFFICE_PRACTICE_FILES_H

#include <brugwachter/error.h>
#include <brugwachter/limits.h>
#include <brugwachter/zone.h>
#include <stdio.h>

enum { BW_PRACTICE_CIRCLES = 5 };

struct bw_practice_circle {
    const char *code, *town, *region;
    int capacity;
    int from,
        signed_up; /* of the invented people: the first one's number, and how many */
    int came;      /* of a circle that is over; 0: it isn't */
};

/* By start; the first is over, the second is today or, late in the evening, tomorrow. */
extern const struct bw_practice_circle bw_practice_circles[BW_PRACTICE_CIRCLES];

/* The sheet of circles; a circle's form, its last answer one that is to be looked at; who
 * came to one that is over. Into `file`, which stays the caller's: what can't be written
 * shows there. */
void bw_practice_write_circles(const struct bw_zone *zone, int64_t now_ms, FILE *file);
void bw_practice_write_form(const struct bw_practice_circle *circle,
    const struct bw_zone *zone, int64_t now_ms, FILE *file);
void bw_practice_write_came(const struct bw_practice_circle *circle, FILE *file);

/* The name of somebody by number, as the files have it. */
void bw_practice_name(int number, char ret_name[BW_NAME_BYTES]);

#endif
