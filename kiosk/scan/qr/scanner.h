/* The QR decoding pipeline: one grey picture in, at most one text out.
 *
 * Finds the symbol itself, straightens and cleans it, and lets zbar decode the clean
 * picture. Keeps what the last frames taught it (where, what size, which polarity), so a
 * scanner belongs to one stream of frames and to one thread.
 * Opens no file, prints nothing.
 *
 * Only whole QR codes (model 2, no structured append) are read, of ASCII (printable, tab,
 * CR and LF: a business card has lines) and at most BW_SCAN_TEXT_BYTES - 1 bytes (2,048
 * with `enrolment`); all else counts as not read, but `refused` tells. Whoever passes a
 * text on to a place that wants printable ASCII alone checks for it. */
#ifndef BW_SCAN_SCANNER_H
#define BW_SCAN_SCANNER_H

#include "scan/camera/frame.h"
#include "scan/qr/text/text.h"
#include "scan/qr/trouble.h"

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

enum bw_sighting_kind {
    BW_SIGHTING_NOTHING, /* no code in view */
    BW_SIGHTING_SMALL,   /* a code, with modules too small to read: "a little closer" */
    BW_SIGHTING_BLURRED, /* a code that isn't read (yet): "hold still" */
    BW_SIGHTING_TEXT,    /* a code, read */
};

/* What one frame showed. Coordinates are parts of the picture's width
 * and height (0..1). */
struct bw_sighting {
    enum bw_sighting_kind kind;
    float corner[4][2]; /* top left, top right, bottom right, bottom left of the symbol */
    float module_px;    /* size of a module in the frame, 0 where not known */
    enum bw_scan_trouble trouble; /* of BLURRED: why it isn't read, where that shows; the
                                     corners may be those of its patch, upright */
    bool inverted;                /* light modules on dark */
    bool ticket;                  /* the text begins with BW1: */
    bool unsettled;    /* something else in view may be a ticket, and isn't read yet, or
                           wasn't looked for in every view */
    bool refused;      /* a code was read, with a text that isn't for us (not ASCII, too
                           long, one of several): no ticket, and no use to come closer */
    uint32_t spent_us; /* on the wall */
    char text[BW_SCAN_ENROLMENT_BYTES]; /* ends in NUL; empty unless kind is TEXT */
};

struct bw_scanner;
struct bw_budget_clocks;

/* What a stage found, for people: `decode --why` prints it, `--draw` draws it. Borrowed:
 * it lives as long as the call. Places are pixels of the frame that was given. */
enum bw_scan_note_kind {
    BW_SCAN_NOTE_STAGE, /* a view was searched */
    BW_SCAN_NOTE_GRID,  /* a grid was fitted to two or three of its finder patterns */
};

struct bw_scan_note {
    enum bw_scan_note_kind kind;
    const char *stage; /* `full`, `half, inverted` … */
    uint32_t at_us;    /* since the frame began */
    int finders;       /* STAGE: patterns found, and where: x, y, module */
    const float (*finder)[3];
    float corner[4][2];                /* GRID: as in a sighting, but in pixels */
    int modules;                       /* on a side */
    float timing, alignment, likeness; /* how like the function patterns are, up to 1 */
    bool read;                         /* it gave a text, or a refused one */
    const uint8_t *cells; /* the cleaned symbol, 1 dark, row after row; NULL: not drawn */
};

struct bw_scanner_options {
    uint32_t budget_us; /* of the thread's own time: no frame takes more than about this,
                           nor BW_BUDGET_STRETCH times it on the wall; 0: 33,000 */
    const struct bw_budget_clocks *clocks; /* NULL: the machine's (budget.h) */
    bool enrolment; /* also accept a text up to 2,048 bytes that begins as an enrolment */
    bool any_text;  /* accept all that can be made UTF-8, and up to 2,048 bytes: for
                       `decode`, which shows them escaped, never for a kiosk */
    void (*note)(void *context, const struct bw_scan_note *note); /* NULL: nobody asks */
    void *note_context;
};

/* A scanner for a new stream of frames. The options are copied; their clocks and
 * note_context are borrowed until destroy, which the caller owes. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_scanner_create(const struct bw_scanner_options *options,
    struct bw_scanner **ret_scanner, struct bw_error *err);
/* NULL and half-built ones are fine. */
void bw_scanner_destroy(struct bw_scanner *scanner);

/* Reads one frame, of any size: a side over 1,280 pixels is made smaller first. Several
 * codes: a ticket before any other, then the nearest to the centre; while something else
 * may be a ticket, no other text is told (but an enrolment), nor that one is refused;
 * with `any_text` it is told, as unsettled. Nothing found is no error. BW_BAD_INPUT: no
 * frame, but a size or stride that can't be; *ret_sighting is untouched then. */
BW_NODISCARD enum bw_status bw_scanner_read(struct bw_scanner *scanner,
    const struct bw_luma *frame, struct bw_sighting *ret_sighting, struct bw_error *err);

/* Forgets what the last frames taught, as for a new stream. */
void bw_scanner_forget(struct bw_scanner *scanner);

#endif
