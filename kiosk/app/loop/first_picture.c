/* The thread lives from the window to the first picture: see first_picture.h. */
#include "first_picture.h"

static void *
touch(void *context)
{
    const struct bw_app *app = context;
    bw_ui_touch(app->ui);
    return NULL;
}

void
bw_app_first_picture_start(struct bw_app *app)
{
    app->touching = pthread_create(&app->toucher, NULL, touch, app) == 0;
}

void
bw_app_first_picture_prepare(struct bw_app *app)
{
    if (app->touching) {
        bw_ui_prepare(app->ui, app->view);
        bw_app_first_picture_join(app);
    }
}

void
bw_app_first_picture_join(struct bw_app *app)
{
    if (app->touching) {
        (void)pthread_join(app->toucher, NULL);
        app->touching = false;
    }
}
