/* How long things stand, and how many there may be: for this folder's files alone. */
#ifndef BW_FLOW_LIMITS_H
#define BW_FLOW_LIMITS_H

enum {
    RESULT_QUEUE = 4,
    RESULT_LEAST_MS = 1500, /* a result stands so long before the next one's screen */
    SAME_SCAN_MS = 3000,    /* the same text in view, or typed again, is one scan */
    OTHER_CODE_MS = 1500,   /* another QR in the guide so long: the pill says so */
    SIGHTING_MS = 700,      /* what the camera saw is old after so long */
    READING_MS = 400,       /* seen and not read for so long: "hold still" */
    HINT_MS = 500, /* … and what would help is the same so long: it says that */
    READING_SOUND_MS = 2000, /* at most one sound in so long */
    FIND_SETTLE_MS = 600,    /* one person fits, and no key for so long: ask */
    DEAF_MS = 2000,          /* another window has the keys for so long: it is said */
    TOAST_MS = 6000,
    AGENDA_IDLE_MS = 180000,
    AIDS_MS = 60000,        /* at rest, what a visitor set goes back after so long */
    ALOUD_LEAST_MS = 20000, /* a result that is read aloud is heard to its end */
    GUIDE_REST_MS = 60000,
    OVERVIEW_MS = 1000,     /* the desk's tick while anything can change by itself */
    FETCH_MS = 60000,       /* no roster: tries by itself */
    STICK_MS = 3000,        /* first start: looks for the stick again */
    SECOND_SOUND_MS = 900,  /* the sound test's other sound follows */
    ENROL_IDLE_MS = 180000, /* enrolled again: given up after so long without a touch */
    REOPEN_MS = 5000,       /* a store that can't be used: tries again */
    CONTACT_FRESH_MS = 30 * 60 * 1000,
    HOUR_MS = 60 * 60 * 1000,
    DAY_MS = 24 * HOUR_MS,
    MINUTE_MS = 60000,
    UNREAD_MAX = 20, /* codes that were seen and not read: is the camera all right? */
    STORAGE_LOW = 500000000,  /* bytes: below, staff are told; */
    STORAGE_OUT = 50000000,   /* below, nobody is checked in … */
    STORAGE_BACK = 100000000, /* … until there is so much again */
    SCANS_SEEN = 4,           /* texts in view at a time that are told apart */
    /* commands whose answers haven't come: more than the desk's queue takes */
    PENDING_MAX = 128,
    SCHOOLS_MAX = 200,
    SUGGESTIONS_MAX = 4,
};

#endif
