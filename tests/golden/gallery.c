/* ui-gallery OUT [NAME] [PANEL] [LANGUAGE]: draws the screens off-screen into PNGs, with
 * the very painter that the window has. A panel that isn't among the tests' is given as
 * WxH@MM, with its width in millimetres. The picture of the camera is a drawn one, so
 * that the pictures are the same everywhere. */
#include "frame.h"
#include "samples.h"
#include "ui/ui.h"
#include <SDL.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool
wanted(const char *filter, const char *name)
{
    return !filter || !*filter || strcmp(filter, name) == 0;
}

static void
draw_language(struct bw_ui *ui, const struct panel *panel, enum bw_language language,
    const char *out, const char *name)
{
    static struct bw_view view;
    struct bw_error err = {0};
    struct bw_ui_drawn drawn;
    struct bw_ui_camera_frame picture = test_picture();
    for (int i = 0; i < samples_count; i++) {
        char path[1024];
        if (!wanted(name, samples[i].name)) {
            continue;
        }
        sample_view(i, language, bw_ui_list_rows(ui), &view);
        if (getenv("BW_STRETCH")) { /* how many of everything */
            sample_stretch(&view, atol(getenv("BW_STRETCH")));
        }
        bw_ui_draw(ui, &view, &picture, &drawn);
        snprintf(path, sizeof path, "%s/%s-%s-%s.png", out, samples[i].name, panel->name,
            bw_ui_language_code(ui, language));
        if (bw_ui_save(ui, path, &err) != BW_OK) {
            fprintf(stderr, "ui-gallery: %s\n", err.text);
        }
    }
}

static int
draw_panel(const struct panel *panel, const char *only, const char *out, const char *name)
{
    struct bw_error err = {0};
    struct bw_ui *ui = NULL;
    struct bw_ui_options options = {.offscreen = true,
        .width_px = panel->width_px,
        .height_px = panel->height_px,
        .width_mm = panel->width_mm};
    if (bw_ui_create(&options, &ui, &err) != BW_OK) {
        fprintf(stderr, "ui-gallery: %s\n", err.text);
        return 1;
    }
    for (int i = 0; i < bw_ui_languages(ui); i++) {
        if (wanted(only, bw_ui_language_code(ui, (enum bw_language)i))) {
            draw_language(ui, panel, (enum bw_language)i, out, name);
        }
    }
    bw_ui_destroy(ui);
    return 0;
}

int
main(int argc, char **argv)
{
    if (argc < 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: ui-gallery OUT [NAME] [PANEL] [LANGUAGE]\n");
        return 2;
    }
    const char *out = argv[1];
    const char *name = argc > 2 ? argv[2] : "";
    const char *panel = argc > 3 ? argv[3] : "";
    const char *only = argc > 4 ? argv[4] : "";
    int failed = 0;
    struct panel own = {.name = panel};
    mkdir(out, 0777);
    if (sscanf(panel, "%dx%d@%lf", &own.width_px, &own.height_px, &own.width_mm) == 3) {
        return draw_panel(&own, *only ? only : "nl", out, name);
    }
    for (int i = 0; i < panels_count; i++) {
        if (wanted(panel, panels[i].name)) {
            failed |= draw_panel(&panels[i], only, out, name);
        }
    }
    return failed;
}
