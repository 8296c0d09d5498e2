/* One view, searched: finder patterns, triples of them, grids, texts. The scanner's
 * thread. Hunt, search and haul are the caller's; a stranger is copied. Nothing here
 * fails. */
#ifndef BW_SCAN_HUNT_H
#define BW_SCAN_HUNT_H

#include "attempt.h"
#include "hint.h"
#include "scanner.h"
#include "stranger.h"
#include "scan/qr/finder/quad.h"
#include "scan/qr/finder/triple.h"

enum { BW_HAUL_RINGED_MAX = 16 };

/* What a frame has given so far, over all its views. Places are pixels of the frame. */
struct bw_haul {
    bool read; /* `text` and what follows hold */
    bool ticket, inverted, refused;
    float corner[4][2];
    float module_px;
    float far; /* of the read one's middle from the frame's, pixels */
    /* A symbol that was seen and not read: the likeliest. */
    bool unread, unread_inverted;
    float unread_corner[4][2];
    float unread_module_px;
    float likeness;
    int views, read_view; /* searched so far; in which the text was read: the first */
    int untimed;          /* triples that were tried without timing patterns */
    int blurred;          /* … and with their blur undone */
    int grids;            /* symbols that were tried */
    uint32_t search_us;   /* the longest search of a view for finders */
    int finders;          /* outside the strangers, over all views */
    int sharp;            /* … of them in views that are not smaller */
    int ringed; /* triples whose three rings were whole: something symbol-like */
    struct bw_point ringed_at[BW_HAUL_RINGED_MAX]; /* … one of their finders */
    struct bw_strangers strangers;                 /* codes that are no ticket */
    struct bw_hint_sights sights;
    char text[BW_SCAN_ENROLMENT_BYTES];
};

/* Is there something in the frame that may be a ticket, and isn't read? */
bool bw_haul_is_open(const struct bw_haul *haul);

enum { BW_HUNT_TRIED_MAX = 24 };

/* A grid that was tried in a view, and not read. */
struct bw_tried {
    int modules;
    float corner[4][2];
};

struct bw_hunt {
    struct bw_scanner_options options;
    struct bw_attempt *attempt; /* borrowed */
    float frame_width_px, frame_height_px;
    float frame_scale; /* pixels of the caller's frame to one of ours */
    struct bw_scan_finder finders[BW_FINDER_MAX];
    int found;
    struct bw_triple triples[BW_TRIPLE_MAX];
    bool used[BW_FINDER_MAX]; /* belongs to a symbol that was read, or lies in one */
    struct bw_scan_trace traces[BW_FINDER_MAX];
    bool traced[BW_FINDER_MAX];
    struct bw_tried tried[BW_HUNT_TRIED_MAX];
    struct bw_quad_room quads;
    int tries; /* all of them; those beyond the maximum aren't remembered */
};

/* One view of one frame, and where to put what is found. */
struct bw_search {
    const struct bw_scan_view *view;
    const struct bw_scan_view *frame; /* the same at full size, as it is */
    const char *stage;
    const struct bw_budget *budget;
    unsigned turn; /* chooses among the recipes (attempt.h) */
    struct bw_haul *haul;
};

/* Does the text begin as the office's enrolment of a kiosk does? */
bool bw_hunt_is_enrolment(const char *text);

/* A stranger of the last frame is where it was: told again, and left out. The haul has
 * room for it. */
void bw_hunt_recall(
    struct bw_hunt *hunt, const struct bw_stranger *stranger, struct bw_haul *haul);

/* What came of one grid: kept as read, or as seen where it is like a symbol. */
void bw_hunt_take(struct bw_hunt *hunt, const struct bw_search *search,
    const struct bw_located *located, const struct bw_reading *reading, bool read);

/* Searches the view, and adds what it finds to the haul: a ticket before other texts,
 * then the nearest to the middle. Returns the number of row patterns seen, a measure of
 * how busy the picture is. */
int bw_hunt_run(struct bw_hunt *hunt, struct bw_search *search);

#endif
