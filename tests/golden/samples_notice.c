/* A scan at a screen that nobody scans at: see samples_parts.h. */
#include "samples_parts.h"

#include <stdio.h>

static void
set_notice(struct bw_view *view, const char *key, bool good)
{
    SET(view->notice.key, key);
    SET(view->notice.values.name, "Fatima el Amrani");
    SET(view->notice.values.place, "Leerkring Utrecht");
    view->notice.good = good;
}

void
sample_pin_scan(struct bw_view *view)
{
    sample_pin(view);
    SET(view->pin.hint, "scan.pin");
}

void
sample_form_scan(struct bw_view *view)
{
    sample_form_fields(view);
    set_notice(view, "to.in", true);
    SET(view->notice.attention, "rolstoel, en iemand die haar begeleidt");
}

void
sample_evacuation_scan(struct bw_view *view)
{
    sample_evacuation(view);
    set_notice(view, "to.in", true);
}

void
sample_kiosk_scan(struct bw_view *view)
{
    sample_kiosk(view);
    set_notice(view, "to.other", false);
}

void
sample_no_camera_other(struct bw_view *view)
{
    sample_no_camera(view);
    set_notice(view, "idle.other", false);
}

void
sample_labels_out(struct bw_view *view)
{
    sample_idle(view);
    set_notice(view, "lb.paper", false);
}

void
sample_check_scanner(struct bw_view *view)
{
    sample_check(view);
    view->check.has_scanner = true;
    view->check.scanner = BW_LIGHT_WAITING;
}

/* A visitor called staff, who haven't come yet. */
void
sample_idle_called(struct bw_view *view)
{
    view->screen = BW_SCREEN_IDLE;
    SET(view->notice.key, "call.mark");
}
