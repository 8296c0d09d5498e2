/* The day before: lights, and for each that isn't green what to do. Four corners to
 * touch show that the whole panel feels a finger. */
#include "screen.h"

#include "ui/widget/widget.h"
#include <stdio.h>

enum { LIGHTS_MAX = 9 };

struct light {
    const char *key, *todo, *icon;
    enum bw_light state;
    const char *name; /* of the very thing, instead of the key; NULL or "": none */
    const char *line; /* key of what to say instead; NULL or "": nothing */
    bool other;       /* touched, it takes the next one */
};

/* At the right edge, below the words where the panel is high; returns what is left for
 * them. The whole panel is the target, and as high as targets are. */
static SDL_Rect
draw_other(struct bw_ui_page *page, SDL_Rect rect)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char text[BW_WORDING_BYTES];
    bw_ui_say(page, "ch.camera.other", NULL, text);
    struct bw_ui_look look = {.kind = BW_BUTTON_SECONDARY, .text = text, .small = true};
    int inset = bw_ui_px(m, 0.8);
    int width = bw_ui_look_width(page, &look);
    int line = bw_ui_line_height(bw_ui_page_style(page, BW_T2, BW_BOLD));
    bool tall = rect.h > 2 * m->touch + line;
    SDL_Rect chip = {.x = rect.x + rect.w - width - inset,
        .y = tall ? rect.y + rect.h - m->touch - inset : rect.y + inset,
        .w = width,
        .h = tall ? m->touch : rect.h - 2 * inset};
    bw_ui_look_draw(page, chip, &look, BW_ACTION_NONE, 0);
    int more = m->touch > rect.h ? m->touch - rect.h : 0;
    SDL_Rect target = {
        .x = rect.x, .y = rect.y - more / 2, .w = rect.w, .h = rect.h + more};
    bw_ui_page_target(page, target, BW_ACTION_CAMERA, 0);
    rect.h -= tall ? m->touch + inset : 0;
    rect.w -= tall ? 0 : width + inset;
    return rect;
}

static void
draw_light(struct bw_ui_page *page, const struct light *light, SDL_Rect rect)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char title[BW_WORDING_BYTES], line[BW_WORDING_BYTES];
    bool green = light->state == BW_LIGHT_GREEN;
    bool look = light->state == BW_LIGHT_LOOK;
    if (light->name && *light->name) {
        (void)snprintf(title, sizeof title, "%s", light->name);
    } else {
        bw_ui_say(page, light->key, NULL, title);
    }
    bw_ui_say(page,
        light->line && *light->line ? light->line
        : green                     ? "de.ok"
                                    : light->todo,
        NULL, line);
    if (look) {
        bw_ui_page_bordered(page, rect, m->r2, BW_ROOD_LICHT, bw_ui_px(m, 0.4), BW_ROOD);
    } else {
        bw_ui_panel(page, rect, green ? BW_GROEN_LICHT : BW_WIT,
            green ? BW_GROEN : BW_PANEEL_RAND);
    }
    if (light->other) {
        rect = draw_other(page, rect);
    }
    int disc = bw_ui_px(m, 5);
    SDL_Rect inside = bw_ui_inset(rect, bw_ui_px(m, 1.6), 0);
    SDL_Rect at = {
        .x = inside.x, .y = rect.y + (rect.h - disc) / 2, .w = disc, .h = disc};
    bw_ui_page_icon(page,
        green  ? "check-circle"
        : look ? "alert"
               : light->icon,
        at,
        green  ? BW_GROEN
        : look ? BW_ROOD
               : BW_INKT);
    int x = at.x + disc + bw_ui_px(m, 1.6);
    int space = inside.x + inside.w - x;
    struct bw_ui_style strong = bw_ui_page_style(page, BW_T2, BW_BOLD);
    struct bw_ui_block body = {.style = bw_ui_page_style(page, BW_T1, BW_MEDIUM),
        .leading = 1.15,
        .width = space,
        .lines_max = 2};
    int body_h = bw_ui_block_height(page, &body, line);
    if (bw_ui_line_height(strong) + body_h > rect.h) {
        body.lines_max = 1;
        body_h = bw_ui_block_height(page, &body, line);
    }
    int y = rect.y + (rect.h - bw_ui_line_height(strong) - body_h) / 2;
    bw_ui_page_line_fit(page, x, y, space, strong, BW_INKT, title);
    bw_ui_page_block(page, x, y + bw_ui_line_height(strong), &body, BW_STEEN, line);
}

static void
draw_corners(struct bw_ui_page *page, const struct bw_check_view *check, int top)
{
    const struct bw_ui_metric *m = page->kit.metric;
    int size = m->touch;
    for (int i = 0; i < 4; i++) {
        bool done = check->corners & 1 << i;
        SDL_Rect rect = {.x = i & 1 ? m->width_px - size : 0,
            .y = i & 2 ? m->height_px - size : top,
            .w = size,
            .h = size};
        bw_ui_page_bordered(page, bw_ui_inset(rect, bw_ui_px(m, 0.5), bw_ui_px(m, 0.5)),
            m->r2, done ? BW_GROEN_LICHT : BW_ZON, m->line, done ? BW_GROEN : BW_INKT);
        int icon = size / 2;
        bw_ui_page_icon(page, done ? "check" : "hand", bw_ui_centred(rect, icon, icon),
            done ? BW_GROEN : BW_INKT);
        if (!done) {
            bw_ui_page_target(page, rect, BW_ACTION_FIELD, i);
        }
    }
}

/* Between the lowest corners; an upright screen has room for two beside each other, the
 * first of all at the bottom. */
static void
draw_buttons(
    struct bw_ui_page *page, const struct bw_view *view, SDL_Rect bar, bool icons)
{
    const struct bw_ui_metric *m = page->kit.metric;
    char texts[BW_VIEW_BUTTONS][BW_WORDING_BYTES];
    struct bw_ui_bar_button row[BW_VIEW_BUTTONS];
    int count = view->buttons_count;
    for (int i = 0; i < count; i++) {
        const struct bw_button *button = &view->buttons[i];
        bw_ui_say(page, button->key, &view->values, texts[i]);
        row[i] = (struct bw_ui_bar_button){
            {.kind = button->kind, .icon = icons ? button->icon : NULL, .text = texts[i]},
            button->action, button->index};
    }
    int low = m->portrait ? (count + 1) / 2 : count;
    SDL_Rect above = bar;
    above.y -= m->touch + m->gap;
    bw_ui_button_bar(page, bar, m->touch, false, row, low);
    if (count > low) {
        bw_ui_button_bar(page, above, m->touch, false, row + low, count - low);
    }
}

static void
draw_lights(struct bw_ui_page *page, const struct light *lights, int count, SDL_Rect area)
{
    enum { COLUMNS = 2 };
    const struct bw_ui_metric *m = page->kit.metric;
    int rows = (count + COLUMNS - 1) / COLUMNS;
    int gap = bw_ui_px(m, m->portrait ? 2 : rows > 4 ? 0.8 : 1.4);
    int most = bw_ui_px(m, m->portrait ? 22 : 15);
    int width = (area.w - gap) / COLUMNS;
    int height = (area.h - (rows - 1) * gap) / rows;
    height = height > most ? most : height;
    for (int i = 0; i < count; i++) {
        SDL_Rect rect = {.x = area.x + i % COLUMNS * (width + gap),
            .y = area.y + i / COLUMNS * (height + gap),
            .w = width,
            .h = height};
        draw_light(page, &lights[i], rect);
    }
}

static bool
is_good(const struct light *lights, int count)
{
    int green = 0;
    for (int i = 0; i < count; i++) {
        green += lights[i].state == BW_LIGHT_GREEN;
    }
    return green == count;
}

/* One green light, or what to do. Returns its height. */
static int
draw_sum(struct bw_ui_page *page, bool good, SDL_Rect title, bool low)
{
    char text[BW_WORDING_BYTES];
    struct bw_ui_style head = bw_ui_page_style(page, low ? BW_T3 : BW_T5, BW_BLACK);
    title.h = bw_ui_line_height(head);
    bw_ui_say(page, good ? "ch.good" : "ch.todo", NULL, text);
    bw_ui_tag(page, title, good ? "check-circle" : "hourglass", head.px, head,
        good ? BW_GROEN : BW_INKT, text);
    return title.h;
}

/* What this kiosk reads tickets with, then all that it has whatever it reads with. */
static int
list_lights(const struct bw_check_view *c, struct light lights[LIGHTS_MAX])
{
    const struct light camera = {"ch.camera", "ch.camera.w", "camera", c->camera,
        c->camera_name, c->camera_line, c->camera_choice};
    const struct light scanner = {
        "ch.scanner", "ch.scanner.w", "scanner", c->scanner, NULL, NULL, false};
    const struct light others[] = {
        {"ch.sound", "ch.sound.w", "sound-on", c->sound, NULL, NULL, false},
        {"ch.touch", "ch.touch.w", "hand", c->touch, NULL, NULL, false},
        {"ch.clock", "ch.clock.w", "clock", c->clock, NULL, NULL, false},
        {"ch.roster", "ch.roster.w", "list", c->roster, NULL, NULL, false},
        {"ch.disk", "ch.disk.w", "storage", c->disk, NULL, NULL, false},
        {"ch.sync", "ch.sync.w", "outbox", c->sync, NULL, NULL, false},
        {"ch.power", "ch.power.w", "plug", c->power, NULL, NULL, false},
    };
    int count = 0;
    if (c->has_camera) {
        lights[count++] = camera;
    }
    if (c->has_scanner) {
        lights[count++] = scanner;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        lights[count++] = others[i];
    }
    return count;
}

void
bw_ui_screen_check(struct bw_ui_page *page, const struct bw_view *view)
{
    const struct bw_ui_metric *m = page->kit.metric;
    const struct bw_check_view *c = &view->check;
    struct light lights[LIGHTS_MAX];
    int count = list_lights(c, lights);
    char text[BW_WORDING_BYTES];
    bool low = m->size == BW_UI_COMPACT && !m->portrait;
    page->reader = BW_STAFF;
    bw_ui_page_fill(page, (SDL_Rect){.w = m->width_px, .h = m->height_px}, BW_PAPIER);
    bool good = is_good(lights, count);
    bool crowded = low && count > 8; /* then the header says how it stands */
    bw_ui_say(page, !crowded ? "ch.h" : good ? "ch.good" : "ch.todo", NULL, text);
    int top = bw_ui_staff_header(page, view, text);
    draw_corners(page, c, top);
    int side = m->touch + bw_ui_px(m, 2);
    SDL_Rect bar = {.x = side,
        .y = m->height_px - bw_ui_px(m, low ? 1 : 2) - m->touch,
        .w = m->width_px - 2 * side,
        .h = m->touch};
    draw_buttons(page, view, bar, !low && !m->portrait);
    SDL_Rect title = {.x = side, .y = top + bw_ui_px(m, low ? 1 : 2.5), .w = bar.w};
    int y = title.y;
    if (!crowded) {
        y += draw_sum(page, good, title, low) + bw_ui_px(m, low ? 0.8 : 2);
    }
    SDL_Rect area = {.x = m->portrait ? m->margin : side,
        .y = y,
        .w = m->portrait ? m->width_px - 2 * m->margin : bar.w,
        .h = bar.y - bw_ui_px(m, low ? 1 : 2) - y};
    if (m->portrait) {
        int corner = top + m->touch + bw_ui_px(m, 1);
        area.h -= area.y < corner ? corner - area.y : 0;
        area.h -= m->touch + m->gap; /* the buttons take two rows */
        area.y = area.y < corner ? corner : area.y;
    }
    draw_lights(page, lights, count, area);
}
