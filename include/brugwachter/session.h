/* Sessions and registrations, as both programs know them. Plain values, no ownership. Any
 * thread. */
#ifndef BRUGWACHTER_SESSION_H
#define BRUGWACHTER_SESSION_H

#include <brugwachter/code.h>
#include <brugwachter/limits.h>
#include <brugwachter/person.h>
#include <stdbool.h>
#include <stdint.h>

/* One dated gathering. Times are UTC in ms; the zone says how they read at the venue. */
struct bw_session {
    uint32_t session_no;       /* given by the central database; stands in tickets */
    char code[BW_LABEL_BYTES]; /* GRO-2025-03-18 */
    char series[BW_LABEL_BYTES];
    char title[BW_TITLE_BYTES];
    char kind[BW_NAME_BYTES]; /* leerkring, training, workshop … */
    char region[BW_NAME_BYTES];
    char venue[BW_TITLE_BYTES];
    char address[BW_TITLE_BYTES];
    char route[BW_ROUTE_BYTES]; /* how to get there; may be empty. The office's alone */
    char venue_phone[BW_LABEL_BYTES]; /* may be empty. The office's alone */
    char timezone[BW_LABEL_BYTES];
    char go_to[BW_TITLE_BYTES]; /* where to go once in: "de grote zaal"; may be empty */
    char desk[BW_TITLE_BYTES];  /* where staff are: "de balie"; may be empty */
    char audience[BW_TITLE_BYTES]; /* words, separated by ';' */
    int64_t starts_ms, ends_ms;
    int64_t opens_ms; /* nobody is checked in before; 0: from the beginning of its day */
    int64_t called_off_ms; /* it doesn't take place, said then; 0: it does */
    int64_t closed_ms;     /* its figures are fixed since; 0: not. The office's alone */
    int capacity;
    int doors_minutes;     /* doors open so long before the start: 60 */
    int release_minutes;   /* places are released so long after the start: 15 */
    int tolerance_minutes; /* let in so long before `opens` and after the end: 0 */
    int extra_places;      /* staff may pass the capacity by so many: 0 */
    bool own_region_first; /* the series offers places to its own region first */
};

enum bw_registration_status {
    BW_CONFIRMED,
    BW_WAITLISTED,
    BW_CANCELLED,
    BW_BLOCKED,
};

/* "confirmed" …, as in files and JSON. Static: nobody frees it; never NULL. */
const char *bw_registration_status_name(enum bw_registration_status status);
/* False, and *ret_status untouched, for another name or NULL. */
bool bw_registration_status_parse(
    const char *name, enum bw_registration_status *ret_status);

/* A person's place in one session, as a kiosk knows it: no mail, no phone, no reason. */
struct bw_registration {
    bw_code code;
    uint32_t session_no;
    enum bw_registration_status status;
    uint8_t generation;   /* the newest ticket's */
    int64_t signed_up_ms; /* orders the waitlist; ties by line */
    int32_t line;
    struct bw_person person;
};

/* One line of what else is on offer. starts_ms is 0 where it has no date. */
struct bw_agenda_item {
    char kind[BW_LABEL_BYTES];
    char title[BW_TITLE_BYTES];
    int64_t starts_ms, ends_ms;
    char audience[BW_TITLE_BYTES]; /* words, separated by ';' */
    char url[BW_URL_BYTES];
};

#endif
