/* What a frame showed, told. Pure. */
#include "report.h"

#include <string.h>

/* The patch that the hint is of, upright. */
static void
report_patch(const struct bw_hint *hint, float scale, const struct bw_luma *frame,
    struct bw_sighting *sighting)
{
    const float corner[4][2] = {{hint->left, hint->top}, {hint->right, hint->top},
        {hint->right, hint->bottom}, {hint->left, hint->bottom}};
    for (int i = 0; i < 4; i++) {
        sighting->corner[i][0] = corner[i][0] * scale / (float)frame->width_px;
        sighting->corner[i][1] = corner[i][1] * scale / (float)frame->height_px;
    }
    sighting->kind = BW_SIGHTING_BLURRED;
    sighting->trouble = hint->trouble;
}

static bool
is_of_unread(const struct bw_hint *hint, const struct bw_haul *haul)
{
    float x = 0, y = 0;
    for (int i = 0; i < 4; i++) {
        x += haul->unread_corner[i][0] / 4;
        y += haul->unread_corner[i][1] / 4;
    }
    return x >= hint->left && x < hint->right && y >= hint->top && y < hint->bottom;
}

/* Do more than two modules of it lie outside the picture? */
static bool
is_cut(const struct bw_sighting *sighting, const struct bw_luma *frame)
{
    float far_x = 2 * sighting->module_px / (float)frame->width_px;
    float far_y = 2 * sighting->module_px / (float)frame->height_px;
    for (int i = 0; i < 4; i++) {
        float x = sighting->corner[i][0], y = sighting->corner[i][1];
        if (x < -far_x || x > 1 + far_x || y < -far_y || y > 1 + far_y) {
            return true;
        }
    }
    return false;
}

void
bw_report_make(const struct bw_haul *haul, const struct bw_hint *hint,
    const struct bw_scanner_options *options, float scale, const struct bw_luma *frame,
    struct bw_sighting *ret_sighting)
{
    bool hinted = hint->trouble != BW_TROUBLE_NONE && !options->any_text;
    bool open = bw_haul_is_open(haul) || (hinted && !haul->ticket);
    bool told = haul->read && (haul->ticket || !open || options->any_text ||
                                  bw_hunt_is_enrolment(haul->text));
    *ret_sighting = (struct bw_sighting){.kind = BW_SIGHTING_NOTHING};
    ret_sighting->refused = haul->refused && !(open && !options->any_text);
    ret_sighting->unsettled = open;
    if (!told && !(open && haul->unread)) {
        if (hint->trouble != BW_TROUBLE_NONE) {
            report_patch(hint, scale, frame, ret_sighting);
        }
        return;
    }
    const float(*corner)[2] = told ? haul->corner : haul->unread_corner;
    for (int i = 0; i < 4; i++) {
        ret_sighting->corner[i][0] = corner[i][0] * scale / (float)frame->width_px;
        ret_sighting->corner[i][1] = corner[i][1] * scale / (float)frame->height_px;
    }
    ret_sighting->module_px = (told ? haul->module_px : haul->unread_module_px) * scale;
    ret_sighting->inverted = told ? haul->inverted : haul->unread_inverted;
    ret_sighting->kind = told                          ? BW_SIGHTING_TEXT
                         : ret_sighting->module_px < 2 ? BW_SIGHTING_SMALL
                                                       : BW_SIGHTING_BLURRED;
    ret_sighting->ticket = told && haul->ticket;
    if (ret_sighting->kind == BW_SIGHTING_BLURRED && is_of_unread(hint, haul)) {
        ret_sighting->trouble = hint->trouble;
    }
    if (ret_sighting->kind == BW_SIGHTING_BLURRED && is_cut(ret_sighting, frame)) {
        ret_sighting->trouble = BW_TROUBLE_CUT;
    }
    if (told) {
        memcpy(ret_sighting->text, haul->text, strlen(haul->text) + 1);
    }
}
