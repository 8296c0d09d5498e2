/* The desk's connections and pages, opened and closed: see desk.h. */
#include "web/desk/desk.h"

#include "web/template/asset.h"

#include <stdlib.h>
#include <string.h>

static enum bw_status
open_connections(
    struct bw_web_desk *desk, const struct bw_web_setup *setup, struct bw_error *err)
{
    struct bw_office *const offices[] = {&desk->office, &desk->preview};
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < 2; i++) {
        status = bw_central_open(
            setup->central_uri, BW_CENTRAL_OPEN, &offices[i]->central, err);
        if (status == BW_OK) {
            offices[i]->key_path = setup->key_path != NULL
                                       ? setup->key_path
                                       : bw_central_key_path(offices[i]->central);
            offices[i]->clock = setup->clock;
            offices[i]->who = desk->setup.who;
            offices[i]->attendees = setup->attendees;
        }
    }
    if (status == BW_OK) {
        bw_central_check_only(desk->preview.central);
    }
    return status;
}

static enum bw_status
compile_pages(struct bw_web_desk *desk, struct bw_error *err)
{
    static const char ending[] = ".html";
    size_t count = 0;
    const struct bw_web_asset *assets = bw_web_assets(&count);
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        size_t length = strlen(assets[i].name);
        char name[BW_LABEL_BYTES];
        if (length < sizeof ending || length >= sizeof name ||
            strcmp(assets[i].name + length - (sizeof ending - 1), ending) != 0) {
            continue;
        }
        (void)snprintf(name, sizeof name, "%.*s", (int)(length - (sizeof ending - 1)),
            assets[i].name);
        status = bw_web_template_add(
            &desk->templates, name, assets[i].bytes, assets[i].length, err);
    }
    return status;
}

enum bw_status
bw_web_desk_open(
    struct bw_web_desk *desk, const struct bw_web_setup *setup, struct bw_error *err)
{
    *desk = (struct bw_web_desk){.days = setup->days, .setup = *setup};
    desk->setup.who = setup->who != NULL ? setup->who : "";
    enum bw_status status =
        setup->password_file != NULL
            ? bw_web_password_read(setup->password_file, &desk->guard.password, err)
            : BW_OK;
    if (status == BW_OK && setup->base_url != NULL) {
        status = bw_web_guard_base(&desk->guard, setup->base_url, err);
    }
    if (status == BW_OK) {
        status = open_connections(desk, setup, err);
    }
    if (status == BW_OK) {
        status = bw_zone_open(BW_ZONE_DEFAULT, &desk->zone, err);
    }
    return status == BW_OK ? compile_pages(desk, err) : status;
}

void
bw_web_desk_close(struct bw_web_desk *desk)
{
    if (desk == NULL) {
        return;
    }
    bw_web_desk_close(desk->practice);
    free(desk->practice);
    bw_web_drafts_finish(&desk->drafts);
    bw_web_errands_finish(&desk->errands);
    bw_central_close(desk->office.central);
    bw_central_close(desk->preview.central);
    bw_web_templates_finish(&desk->templates);
    bw_zone_close(desk->zone);
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        bw_web_guard_leave(&desk->guard.sessions[i]);
    }
    *desk = (struct bw_web_desk){.days = {.retention = 0}};
}

struct bw_web_desk *
bw_web_desk_root(struct bw_web_desk *desk)
{
    return desk->of != NULL ? desk->of : desk;
}

static void
begin_anew(struct bw_web_desk *desk)
{
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        if (desk->drafts.items[i].work == NULL) {
            bw_web_draft_drop(&desk->drafts.items[i]);
        }
    }
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        desk->guard.sessions[i].said = (struct bw_web_said){.text = ""};
    }
    desk->changed = true;
}

bool
bw_web_desk_errand_settled(struct bw_web_desk *desk, struct bw_web_errand *errand,
    int wait_ms, struct bw_web_work_state *ret_state)
{
    bool worked = errand->work != NULL;
    bool over = bw_web_errand_settled(errand, wait_ms, ret_state);
    if (worked && over && errand->replaces && errand->exit <= 1) {
        begin_anew(desk);
    }
    return over;
}

void
bw_web_desk_settle(struct bw_web_desk *desk)
{
    if (desk->practice != NULL) {
        bw_web_desk_settle(desk->practice);
    }
    for (int i = 0; i < BW_WEB_DRAFTS_MAX; i++) {
        struct bw_web_work_state state;
        struct bw_web_draft *draft = &desk->drafts.items[i];
        bool worked = draft->work != NULL;
        bool over = bw_web_draft_settled(draft, 0, &state);
        desk->changed = desk->changed || (worked && over && draft->taken);
    }
    for (int i = 0; i < BW_WEB_ERRANDS_MAX; i++) {
        struct bw_web_work_state state;
        (void)bw_web_desk_errand_settled(desk, &desk->errands.items[i], 0, &state);
    }
}

void
bw_web_reply_finish(struct bw_web_reply *reply)
{
    if (reply != NULL) {
        free(reply->body);
        *reply = (struct bw_web_reply){.status = 0};
    }
}
