/* One view, searched: finder patterns, triples of them, grids, texts. */
#ifndef BW_SCAN_HUNT_H
#define BW_SCAN_HUNT_H

#include "attempt.h"
#include "scanner.h"
#include "scan/qr/finder/triple.h"

/* What a frame has given so far, over all its views. Places are pixels of the frame. */
struct bw_haul {
    bool read; /* `text` and what follows hold */
    bool ticket, inverted, refused;
    bool unread; /* a symbol was seen and not read; corner, module_px, inverted tell of it
                  */
    float corner[4][2];
    float module_px;
    float likeness;     /* of the unread one */
    float far;          /* of the read one's middle from the frame's, pixels */
    int grids;          /* symbols that were tried */
    uint32_t search_us; /* the longest search of a view for finders */
    int ringed;         /* triples whose three rings were whole: something symbol-like */
    char text[BW_SCAN_ENROLMENT_BYTES];
};

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
    bool used[BW_FINDER_MAX]; /* belongs to a symbol that was read */
    struct bw_scan_trace traces[BW_FINDER_MAX];
    bool traced[BW_FINDER_MAX];
    struct bw_tried tried[BW_HUNT_TRIED_MAX];
    int tries; /* all of them; those beyond the maximum aren't remembered */
};

/* One view of one frame, and where to put what is found. */
struct bw_search {
    const struct bw_scan_view *view;
    const char *stage;
    const struct bw_budget *budget;
    unsigned turn; /* chooses among the recipes (attempt.h) */
    struct bw_haul *haul;
};

/* Searches the view, and adds what it finds to the haul: a ticket before other texts,
 * then the nearest to the middle. Returns the number of row patterns seen, a measure of
 * how busy the picture is. */
int bw_hunt_run(struct bw_hunt *hunt, struct bw_search *search);

#endif
