/* What a frame showed, told. Pure. */
#include "report.h"

#include <string.h>

void
bw_report_make(const struct bw_haul *haul, const struct bw_scanner_options *options,
    float scale, const struct bw_luma *frame, struct bw_sighting *ret_sighting)
{
    bool open = bw_haul_is_open(haul);
    bool told = haul->read && (haul->ticket || !open || options->any_text ||
                                  bw_hunt_is_enrolment(haul->text));
    *ret_sighting = (struct bw_sighting){.kind = BW_SIGHTING_NOTHING};
    ret_sighting->refused = haul->refused && !(open && !options->any_text);
    ret_sighting->unsettled = open;
    if (!told && !(open && haul->unread)) {
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
    if (told) {
        memcpy(ret_sighting->text, haul->text, strlen(haul->text) + 1);
    }
}
