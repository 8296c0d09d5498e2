/* The column of text of a result screen: kicker, headline, name, lines, help; made
 * smaller step by step until it fits. Lengths are pixels. Nothing here fails: of more
 * parts than BW_COLUMN_PARTS the last are left out. UI thread. */
#ifndef BW_UI_COLUMN_H
#define BW_UI_COLUMN_H

#include "scene.h"

enum { BW_COLUMN_PARTS = 8 };

enum bw_ui_column_kind {
    BW_COLUMN_KICKER,
    BW_COLUMN_HEADLINE,
    BW_COLUMN_NAME,
    BW_COLUMN_LINE,
    BW_COLUMN_HELP,
    BW_COLUMN_QUIET
};

struct bw_ui_column_part {
    enum bw_ui_column_kind kind;
    char icon[BW_KEY_BYTES];
    bw_ui_colour colour;
    enum bw_ui_weight weight;
    char text[BW_WORDING_BYTES];
};

struct bw_ui_column {
    struct bw_ui_page *page;
    const struct bw_ui_tone_look *tone;
    SDL_Rect area;
    int64_t since_ms;
    bool less_motion;
    int beside_w, beside_h; /* the sign's place at the top right of the area */
    int below_h;            /* the sign's place under the column */
    enum bw_scene scene;
    SDL_Rect box; /* keep out of the scene there; empty: none */
    int count;
    int headline_lines, help_lines; /* at most; fewer where nothing else helps */
    struct bw_ui_column_part parts[BW_COLUMN_PARTS + 1]; /* the last takes what is more */
};

/* An empty column, `since_ms` after the screen came up. Page and tone are borrowed until
 * it is drawn. */
void bw_ui_column_init(struct bw_ui_column *column, struct bw_ui_page *page,
    const struct bw_ui_tone_look *tone, SDL_Rect area, int64_t since_ms,
    bool less_motion);
/* Parts, in order from the top; texts are copied. The kicker is a short line over all,
 * the headline says the verdict, the name is the largest, a line says one thing more,
 * help is what to do now (`loud`: as dark as the rest). `icon` "" is none. */
void bw_ui_column_kicker(struct bw_ui_column *column, const char *icon, const char *text);
void bw_ui_column_headline(
    struct bw_ui_column *column, const char *text, bw_ui_colour colour);
void bw_ui_column_name(
    struct bw_ui_column *column, const char *text, bw_ui_colour colour);
void bw_ui_column_line(struct bw_ui_column *column, const char *icon, const char *text,
    enum bw_ui_weight weight);
void bw_ui_column_help(struct bw_ui_column *column, const char *text, bool loud);

/* Draws; returns the lower edge, in pixels from the window's top. */
int bw_ui_column_draw(struct bw_ui_column *column);

#endif
