/* Views by turns, for copying one costs as much as a fiftieth of a camera's picture: see
 * look.h. */
#include "look.h"

void
bw_app_look(struct bw_app *app)
{
    struct bw_view *next = app->views;
    while (next == app->painted[0] || next == app->painted[1]) {
        next++;
    }
    bw_flow_view(app->flow, bw_app_now(app), next);
    app->view = next;
}

void
bw_app_look_painted(struct bw_app *app)
{
    app->painted[1] = app->painted[0];
    app->painted[0] = app->view;
}
