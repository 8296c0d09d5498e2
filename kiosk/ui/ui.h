/* The window: draws a view, and says what a touch means. Decides nothing.
 *
 * One painter serves the window and the off-screen pictures of tests: everything is laid
 * out into a page (page.h), compared with the page before, and only areas that changed
 * are painted and presented.
 *
 * UI thread only (but for bw_ui_touch): the thread that called bw_ui_create. */
#ifndef BW_UI_H
#define BW_UI_H

#include "ui/draw/camera.h"
#include "ui/draw/catalogue.h"
#include "flow/view.h"
#include "ui/widget/touch.h"
#include <brugwachter/error.h>
#include <stdbool.h>
#include <stdint.h>

struct bw_ui_options {
    bool offscreen; /* no window: for tests and pictures of the screens */
    bool fullscreen;
    int width_px, height_px; /* window or off-screen; 0 with fullscreen */
    double width_mm; /* of the whole panel or off-screen picture; 0: ask the display */
    enum bw_ui_edge camera_at;
    const char *assets_dir; /* NULL: beside the program, then the installed one */
    const char *locale_dir; /* NULL: likewise */
};

struct bw_ui;
struct bw_ui_page;
struct bw_ui_metric;
struct SDL_Surface;

/* Opens the window (SDL's video has to be free to be started by it). Errors: BW_NOT_FOUND
 * for fonts, pictures or texts that aren't installed,
 * BW_IO for a display that refuses, BW_NO_MEMORY. The caller destroys *ret_ui. */
BW_NODISCARD enum bw_status bw_ui_create(
    const struct bw_ui_options *options, struct bw_ui **ret_ui, struct bw_error *err);

/* Closes the window, and SDL's video with it. NULL and half-built ones are fine. */
void bw_ui_destroy(struct bw_ui *ui);

struct bw_ui_drawn {
    int areas; /* painted and presented; 0: nothing changed */
    long pixels;
    int64_t again_ms; /* draw again in so many ms, for a movement; 0: only when asked */
};

/* Draws; what can't be drawn is left out. `picture` is the newest camera frame, NULL
 * where there is no newer one. */
void bw_ui_draw(struct bw_ui *ui, const struct bw_view *view,
    const struct bw_ui_camera_frame *picture, struct bw_ui_drawn *ret_drawn);

/* Lays the view out and paints nothing: what bw_ui_hit answers from then on. For tests
 * that touch more screens than anybody could look at. */
void bw_ui_lay_out(struct bw_ui *ui, const struct bw_view *view);

/* Before the first draw, which both make shorter by a fifth: `touch`, by any thread, has
 * the system hand out the window's memory, while the UI thread calls `prepare` and no
 * other function of these; that makes the pictures that the view's texts and icons are.
 * What the window shows is lost till the draw. */
void bw_ui_touch(struct bw_ui *ui);
void bw_ui_prepare(struct bw_ui *ui, const struct bw_view *view);

/* Paints all again at the next draw: the window was uncovered, moved or resized. */
void bw_ui_expose(struct bw_ui *ui);

/* What lies there on the page last drawn; pixels of the window. */
struct bw_ui_hit bw_ui_hit(const struct bw_ui *ui, int x_px, int y_px);

/* The same of the page before that: for who touched while the last one was painted. */
struct bw_ui_hit bw_ui_hit_before(const struct bw_ui *ui, int x_px, int y_px);

/* Asks for the keyboard's keys where another window has them; a touch does. */
void bw_ui_take_keys(struct bw_ui *ui);

/* That the kiosk can't start, and why, in a window that needs neither fonts nor pictures:
 * till somebody touches it or types, for a minute at most; nothing where there is no
 * display. */
void bw_ui_tell(const char *sentence);

/* A finger is on the target, or (BW_ACTION_NONE) on none. It shows at the next draw. */
void bw_ui_press(struct bw_ui *ui, struct bw_ui_hit hit);

/* Keyboard: the ring goes to the next target, in reading order, or in a direction. Text
 * goes to the flow, never here. */
void bw_ui_focus(struct bw_ui *ui, enum bw_ui_focus_move move);

/* Enter: the target under the ring; BW_ACTION_NONE where there is no ring. */
struct bw_ui_hit bw_ui_focused(const struct bw_ui *ui);

/* How many rows of a staff list fit: the flow pages by it. At most BW_VIEW_ROWS. */
int bw_ui_list_rows(const struct bw_ui *ui);

/* The same for the names of those inside. */
int bw_ui_evacuation_rows(const struct bw_ui *ui);

/* How many languages there are; and the code of one ("nl"), borrowed until
 * bw_ui_destroy. */
int bw_ui_languages(const struct bw_ui *ui);
const char *bw_ui_language_code(const struct bw_ui *ui, enum bw_language language);

/* The page's texts in the order of what they say, a line each, for "lees voor". With
 * `personal` false names and schools are left out. Returns bytes written without NUL. */
int bw_ui_read_aloud(struct bw_ui *ui, const struct bw_view *view, bool personal,
    char *ret_text, int capacity);

/* Likewise what the keyboard's ring is on, and what that is; nothing where there is none.
 * Returns bytes written. */
int bw_ui_read_focus(struct bw_ui *ui, const struct bw_view *view, bool personal,
    char *ret_text, int capacity);

/* Does one piece of preparation (a scene, a font) for screens to come; call it when idle.
 * False when all is done. */
bool bw_ui_warm(struct bw_ui *ui);

/* The picture as it stands, to a PNG. BW_IO where it can't be written. */
BW_NODISCARD enum bw_status bw_ui_save(
    struct bw_ui *ui, const char *path, struct bw_error *err);

/* The pixels as they stand, 32 bits of XRGB; borrowed. For tests and pictures. */
const struct SDL_Surface *bw_ui_surface(const struct bw_ui *ui);

/* The page last drawn: for tests. Borrowed, until the next draw. */
const struct bw_ui_page *bw_ui_page(const struct bw_ui *ui);

/* Measures of the screen as it stands, with the view's language and size of type.
 * Borrowed; they change with the next draw. */
const struct bw_ui_metric *bw_ui_metric(const struct bw_ui *ui);

#endif
