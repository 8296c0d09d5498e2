/* One screen laid out: marks to paint from back to front, and what reacts to a finger.
 *
 * A page is a value made anew from a view; two pages compared say which areas of the
 * window changed. Nothing is painted here, so tests read sizes, gaps, contrast and
 * clipping from the same marks that the painter gets.
 *
 * PG1 Marks hold whole pixels of the window; texts are single lines, up to their NUL.
 * PG2 Equal marks paint equal pixels (the camera's mark has the frame's number).
 *
 * All lengths are pixels of the window. What is given is copied into the page; marks and
 * names that it gives are its own, borrowed until it is made anew. Nothing here fails: a
 * page that is full says so (`overfull`).
 *
 * UI thread only. */
#ifndef BW_UI_PAGE_H
#define BW_UI_PAGE_H

#include "camera.h"
#include "flow/view.h"
#include "metric.h"
#include "text.h"
#include "wording.h"
#include <SDL.h>

enum bw_ui_mark_kind {
    BW_MARK_FILL,
    BW_MARK_ROUND,  /* radius, border in colour2, dashed */
    BW_MARK_TEXT,   /* name: the line; style */
    BW_MARK_ICON,   /* name: file without .svg; tinted */
    BW_MARK_SCENE,  /* name: illustration, full colour */
    BW_MARK_CAMERA, /* serial: number of the frame; guide, dim */
    BW_MARK_QR,     /* name: the text in it */
    BW_MARK_RING,   /* seats; colour: taken, colour2: expected */
    BW_MARK_FRAME,  /* ring outside the rect: focus */
    BW_MARK_CORNER, /* one corner of a rounded frame; `corner` says which */
    BW_MARK_MASK,   /* what lies outside the rect's round corners */
};

/* What a text is to the ear: in this order a page is read, within one as it is drawn. */
enum bw_ui_said {
    BW_SAID_HEADLINE, /* what happened, or what this screen is for */
    BW_SAID_TO_DO,    /* what to do now */
    BW_SAID_DETAIL,   /* where, when, how it stands */
    BW_SAID_ABOUT,    /* the header: which session, the clock */
    BW_SAID_BY_NAME,  /* a button's label: its target is read, by its name */
    BW_SAID_NOT,      /* part of a picture */
};

struct bw_ui_mark {
    enum bw_ui_mark_kind kind;
    SDL_Rect rect;
    bw_ui_colour colour, colour2;
    int radius, border;
    int part; /* opacity, of 255 */
    bool dashed;
    int corner; /* CORNER: 0 to 3 as nw ne sw se */
    struct bw_ui_style style;
    enum bw_ui_reader reader;
    bool decoration; /* nobody has to read it or make it out */
    bool must_read;  /* TEXT: an attendee has to read it */
    bool cut;        /* TEXT: an ellipsis stands in it */
    bool goes_on;    /* TEXT: the sentence of the text before it */
    enum bw_ui_said said;
    int64_t serial;
    int taken, expected, seats; /* RING */
    SDL_Rect guide;             /* CAMERA */
    int name;                   /* offset into the page's names; 0: none */
};

struct bw_ui_target {
    SDL_Rect rect;
    enum bw_action action;
    int index;
    bool crowded; /* the panel can't give this one its full size or gap (MT2) */
    bool off;     /* doesn't react; tells why */
    bool primary; /* the dark one: what the screen leads to */
    bool sunny;   /* … or the sunny one, where none is dark */
    int name;     /* offset into the page's names, for the ear; 0: none */
};

enum {
    BW_MARKS_MAX = 900,
    BW_TARGETS_MAX = 96,
    BW_NAMES_BYTES = 48 * 1024,
};

/* What the page is made with; all borrowed. */
struct bw_ui_kit {
    const struct bw_ui_metric *metric;
    struct bw_ui_text *text;
    struct bw_ui_wording *wording;
    enum bw_action pressed; /* the target under the finger */
    int pressed_index;
    int64_t picture_serial; /* 0: no picture yet */
    int picture_width, picture_height;
    enum bw_ui_edge camera_at;
};

struct bw_ui_page {
    struct bw_ui_kit kit;
    enum bw_ui_reader reader; /* of the texts that follow */
    bool must_read;
    enum bw_ui_said said; /* of the texts that follow; DETAIL at first */
    bool crowded;         /* of the targets that follow */
    int part;             /* opacity of the marks that follow; 255 at first */
    int64_t again_ms;     /* in how many ms it will look different by itself; 0: never */
    int marks_count, targets_count, names_bytes;
    bool overfull; /* a limit was met: a programmer's mistake */
    struct bw_ui_mark marks[BW_MARKS_MAX];
    struct bw_ui_target targets[BW_TARGETS_MAX];
    char names[BW_NAMES_BYTES];
};

/* An empty page. The kit's parts have to live as long as the page is made. */
void bw_ui_page_init(struct bw_ui_page *page, const struct bw_ui_kit *kit);

/* A movement goes on: look again in so many ms. */
void bw_ui_page_again(struct bw_ui_page *page, int64_t in_ms);

/* Put a mark down, in front of those that are there, and give it back for what more there
 * is to say of it: a rectangle; one with round corners; the same with a border; an icon,
 * tinted; an illustration in its own colours; one corner (0 to 3: nw ne sw se) of a
 * rounded frame; what lies outside of round corners; a QR code. */
struct bw_ui_mark *bw_ui_page_fill(
    struct bw_ui_page *page, SDL_Rect rect, bw_ui_colour colour);
struct bw_ui_mark *bw_ui_page_round(
    struct bw_ui_page *page, SDL_Rect rect, int radius, bw_ui_colour colour);
struct bw_ui_mark *bw_ui_page_bordered(struct bw_ui_page *page, SDL_Rect rect, int radius,
    bw_ui_colour colour, int border, bw_ui_colour border_colour);
struct bw_ui_mark *bw_ui_page_icon(
    struct bw_ui_page *page, const char *name, SDL_Rect rect, bw_ui_colour colour);
struct bw_ui_mark *bw_ui_page_scene(
    struct bw_ui_page *page, const char *name, SDL_Rect rect);
struct bw_ui_mark *bw_ui_page_corner(struct bw_ui_page *page, SDL_Rect rect, int corner,
    int radius, int thick, bw_ui_colour colour);
struct bw_ui_mark *bw_ui_page_mask(
    struct bw_ui_page *page, SDL_Rect rect, int radius, bw_ui_colour colour);
struct bw_ui_mark *bw_ui_page_qr(
    struct bw_ui_page *page, const char *text, SDL_Rect rect);
/* The ring of seats: `taken` filled, `expected` small, the rest open rings. */
struct bw_ui_mark *bw_ui_page_ring(struct bw_ui_page *page, SDL_Rect rect, int taken,
    int expected, int seats, bw_ui_colour colour, bw_ui_colour expected_colour);
/* What a finger may touch there, in front of those before it. */
void bw_ui_page_target(
    struct bw_ui_page *page, SDL_Rect rect, enum bw_action action, int index);

/* What the last target is called, where the page is read aloud. */
void bw_ui_page_name(struct bw_ui_page *page, const char *name);

/* From here on nothing that stands on the page reacts any more: below a dialog. */
void bw_ui_page_cover(struct bw_ui_page *page);

/* Style of a size of type for the page's reader. */
struct bw_ui_style bw_ui_page_style(
    const struct bw_ui_page *page, enum bw_ui_type type, enum bw_ui_weight weight);

/* Height of the box of one line: 1.2 of its size. */
int bw_ui_line_height(struct bw_ui_style style);

/* One line with its line box's top left there; returns its width. */
int bw_ui_page_line(struct bw_ui_page *page, int x, int y, struct bw_ui_style style,
    bw_ui_colour colour, const char *utf8);

/* One line that fits the width, else with an ellipsis. Returns its width. */
int bw_ui_page_line_fit(struct bw_ui_page *page, int x, int y, int width,
    struct bw_ui_style style, bw_ui_colour colour, const char *utf8);

enum bw_ui_align { BW_LEFT, BW_CENTRE, BW_RIGHT };

/* Wrapped text; `leading` is a multiple of the size. Returns the height it takes. */
struct bw_ui_block {
    struct bw_ui_style style;
    double leading;
    int width, lines_max;
    bool balanced;
    enum bw_ui_align align;
};
int bw_ui_page_block(struct bw_ui_page *page, int x, int y,
    const struct bw_ui_block *block, bw_ui_colour colour, const char *utf8);
int bw_ui_block_height(
    struct bw_ui_page *page, const struct bw_ui_block *block, const char *utf8);
int bw_ui_block_width(
    struct bw_ui_page *page, const struct bw_ui_block *block, const char *utf8);

/* The mark's text, or its file's name without ending; "" where it has none. */
const char *bw_ui_mark_name(const struct bw_ui_page *page, const struct bw_ui_mark *mark);

/* Where the mark may leave pixels. */
SDL_Rect bw_ui_mark_bounds(const struct bw_ui_mark *mark);

/* The foremost target there, NULL where there is none. Borrowed. */
const struct bw_ui_target *bw_ui_page_hit(const struct bw_ui_page *page, int x, int y);

/* Areas in which the pages differ, none within another; returns how many. */
enum { BW_AREAS_MAX = 24 };
int bw_ui_page_differ(
    const struct bw_ui_page *before, const struct bw_ui_page *after, SDL_Rect *ret_areas);

#endif
