/* One table of troubles, each a change of the same everyday scene: a ticket held at some
 * angle, 3.5 to 9.5 pixels a module. */
#include "scene.h"

#include <string.h>

static double
between(uint32_t *seed, double low, double high)
{
    return low + (high - low) * scan_random(seed);
}

static void
on_plain(struct scan_scene *scene, uint32_t *seed)
{
    (void)scene;
    (void)seed;
}

static void
on_perspective(struct scan_scene *scene, uint32_t *seed)
{
    scene->tilt_deg = between(seed, 25, 55);
    scene->module_px = between(seed, 4.5, 9.5);
}

static void
on_blur(struct scan_scene *scene, uint32_t *seed)
{
    scene->blur_px = scene->module_px * between(seed, 0.2, 0.55);
}

static void
on_motion(struct scan_scene *scene, uint32_t *seed)
{
    scene->motion_px = scene->module_px * between(seed, 0.5, 1.2);
    scene->motion_deg = between(seed, 0, 360);
}

static void
on_noise(struct scan_scene *scene, uint32_t *seed)
{
    scene->noise = between(seed, 8, 30);
}

static void
on_contrast(struct scan_scene *scene, uint32_t *seed)
{
    double middle = between(seed, 90, 170), half = between(seed, 7, 32);
    scene->dark = middle - half;
    scene->light = middle + half;
}

static void
on_glare(struct scan_scene *scene, uint32_t *seed)
{
    scene->glare = between(seed, 0.3, 0.9);
    scene->light = 200;
}

static void
on_grid(struct scan_scene *scene, uint32_t *seed)
{
    scene->grid = between(seed, 0.3, 0.8);
    scene->grid_modules = between(seed, 0.1, 0.6);
}

static void
on_dark(struct scan_scene *scene, uint32_t *seed)
{
    scene->inverted = true;
    scene->dark = between(seed, 15, 35);
    scene->light = between(seed, 200, 250);
}

static void
on_finger(struct scan_scene *scene, uint32_t *seed)
{
    scene->finger = 1 + (int)between(seed, 0, 4);
    scene->finger_reach = between(seed, 0.02, 0.14);
}

static void
on_mix(struct scan_scene *scene, uint32_t *seed)
{
    scene->blur_px = scene->module_px * 0.3;
    scene->tilt_deg = between(seed, 0, 40);
    scene->noise = 10;
    scene->dark = 80;
    scene->light = 150;
}

static void
on_wave(struct scan_scene *scene, uint32_t *seed)
{
    scene->module_px = between(seed, 4.5, 9.5);
    scene->lift_deg = between(seed, 0, 360);
    scene->fold[0] = (struct scan_fold){.modules = between(seed, 0.4, 1.5),
        .length = between(seed, 20, 60),
        .deg = between(seed, 0, 360),
        .start = between(seed, 0, 1)};
}

static void
on_crease(struct scan_scene *scene, uint32_t *seed)
{
    scene->module_px = between(seed, 4.5, 9.5);
    scene->lift_deg = between(seed, 0, 360);
    for (int i = 0; i < SCAN_FOLDS; i++) {
        scene->fold[i] = (struct scan_fold){.modules = between(seed, 0.3, 0.9),
            .length = between(seed, 20, 60),
            .deg = between(seed, 0, 360),
            .start = between(seed, 0, 1),
            .sharp = true};
    }
}

static const struct {
    const char *name;
    void (*change)(struct scan_scene *scene, uint32_t *seed);
} troubles[SCAN_TROUBLES] = {
    [SCAN_PLAIN] = {"plain", on_plain},
    [SCAN_PERSPECTIVE] = {"perspective to 55 degrees", on_perspective},
    [SCAN_BLUR] = {"blur", on_blur},
    [SCAN_MOTION] = {"motion", on_motion},
    [SCAN_NOISE] = {"noise", on_noise},
    [SCAN_CONTRAST] = {"contrast to 14 levels", on_contrast},
    [SCAN_GLARE] = {"glare", on_glare},
    [SCAN_GRID] = {"screen grid", on_grid},
    [SCAN_DARK] = {"dark mode", on_dark},
    [SCAN_FINGER] = {"finger over a corner", on_finger},
    [SCAN_MIX] = {"a little of much", on_mix},
    [SCAN_WAVE] = {"waved paper", on_wave},
    [SCAN_CREASE] = {"crumpled paper", on_crease},
};

const char *
scan_trouble_name(enum scan_trouble trouble)
{
    return troubles[trouble].name;
}

void
scan_ticket_text(uint32_t *seed, char ret_text[static SCAN_TICKET_BYTES])
{
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    memcpy(ret_text, "BW1:", 4);
    for (int i = 4; i < SCAN_TICKET_BYTES - 1; i++) {
        ret_text[i] = alphabet[(int)(scan_random(seed) * 45)];
    }
    ret_text[SCAN_TICKET_BYTES - 1] = '\0';
}

struct scan_scene
scan_trouble_scene(enum scan_trouble trouble, uint32_t *seed)
{
    struct scan_scene scene = scan_scene_plain();
    scene.seed = (uint32_t)between(seed, 0, 4e9);
    scene.roll_deg = between(seed, 0, 360);
    scene.module_px = between(seed, 3.5, 9.5);
    scene.middle_x = between(seed, 0.4, 0.6);
    scene.middle_y = between(seed, 0.45, 0.55);
    scene.noise = 2;
    scene.blur_px = 0.6;
    scene.tilt_deg = between(seed, 0, 25);
    scene.tilt_to_deg = between(seed, 0, 360);
    troubles[trouble].change(&scene, seed);
    return scene;
}
