/* One stimulus through the flow: see step.h. */
#include "step.h"

#include "effects.h"

#include <assert.h>

void
bw_app_step(struct bw_app *app, const struct bw_stimulus *stimulus)
{
    assert(pthread_equal(app->ui_thread, pthread_self()) != 0); /* AP1 */
    assert(!app->stepping);                                     /* AP2 */
    app->stepping = true;
    bw_flow_step(app->flow, stimulus, bw_app_now(app), &app->effects);
    app->dirty = true;
    bw_app_carry_out(app, &app->effects);
    app->stepping = false;
}

void
bw_app_act(struct bw_app *app, enum bw_action action, int index)
{
    struct bw_stimulus stimulus = {.kind = BW_STIMULUS_ACTION,
        .action = action,
        .index = index,
        .reads = bw_speech_reads(&app->speech)};
    bw_app_step(app, &stimulus);
}
