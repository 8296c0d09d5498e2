/* Places in the house (design: the ledger). Plain value, no ownership. */
#ifndef BRUGWACHTER_LEDGER_H
#define BRUGWACHTER_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

/* Numbers of people or places, but for `released` and `lead`. */
struct bw_ledger {
    int capacity;
    int extra_places;
    int present;    /* everybody in */
    int held;       /* confirmed, not in, not left; 0 once released */
    int expected;   /* confirmed and not in */
    int waitlisted; /* still waiting, of the waitlist */
    int queued;     /* guests and walk-ins who wait behind it; an overview's alone */
    int free;       /* max(0, capacity - present - held) */
    int walk_ins, guests;
    bool released;
    uint32_t lead; /* 0: this kiosk may give places; else the kiosk that does */
};

#endif
