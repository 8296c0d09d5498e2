/* What there is to see of a kiosk's health: one sign a thing. One thread. */
#ifndef BW_APP_SIGN_H
#define BW_APP_SIGN_H

#include <brugwachter/command.h>
#include <brugwachter/store.h>
#include <brugwachter/zone.h>

/* In the order of how bad it is; the numbers are a plugin's exit statuses. */
enum bw_sign_state { BW_SIGN_RIGHT = 0, BW_SIGN_LOOK = 1, BW_SIGN_WRONG = 2 };

struct bw_sign_line {
    const char *name; /* "disk"; static */
    enum bw_sign_state state;
    char text[320]; /* a sentence without a person's name */
};

enum { BW_SIGNS_COUNT = 12 };

/* What the signs are read from, and figures of it for a monitor's graphs. */
struct bw_sign_facts {
    struct bw_overview overview;
    struct bw_verification proof;
    int64_t now_ms;           /* by the kiosk's clock */
    int64_t store_bytes;      /* of the file, without its log */
    int64_t last_ms;          /* when the newest own event was made; 0: none */
    int64_t sent_ms;          /* when the newest hello was made; 0: never */
    int64_t enrolled_till_ms; /* end of its last session; 0: not known */
    int64_t acknowledged;     /* own events that the office holds */
    int64_t runs, cuts, cut_ms;
    int64_t camera; /* enum bw_camera_seen */
    int keys;       /* of the organiser */
    bool camera_wanted;
    bool fell_back; /* the system's last update didn't start */
};

/* Judges the facts, in a fixed order. `zone` is the venue's. Can't fail. */
void bw_signs_read(const struct bw_sign_facts *facts, const struct bw_zone *zone,
    struct bw_sign_line ret_signs[BW_SIGNS_COUNT]);

#endif
