/* The practice series at the desk: see practice.h. */
#include "web/desk/practice.h"

#include "office/practice/practice.h"

#include <stdlib.h>

struct bw_web_desk *
bw_web_practice_desk(struct bw_web_desk *desk, const struct bw_web_session *session)
{
    return session != NULL && session->practises && desk->practice != NULL
               ? desk->practice
               : desk;
}

bool
bw_web_practice_may(const struct bw_web_desk *desk)
{
    struct bw_practice_place place;
    return desk->of == NULL && bw_practice_place_of(desk->office.key_path, &place);
}

static enum bw_status
open_desk(struct bw_web_desk *desk, struct bw_error *err)
{
    struct bw_web_setup setup = desk->setup;
    struct bw_web_desk *practice = calloc(1, sizeof *practice);
    if (practice == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "opening the practice series: no memory");
    }
    setup.central_uri = desk->practice_place.uri;
    setup.key_path = setup.base_url = setup.password_file = setup.mail_server = NULL;
    setup.command_context = setup.practice_context;
    enum bw_status status = bw_web_desk_open(practice, &setup, err);
    if (status != BW_OK) {
        bw_web_desk_close(practice);
        free(practice);
        return status;
    }
    practice->of = desk;
    desk->practice = practice;
    return BW_OK;
}

/* WZ1 */
static void
change_sides(struct bw_web_session *session, bool practises)
{
    session->practises = practises;
    session->said = (struct bw_web_said){.step = 0}; /* it was at the other one */
    bw_web_guard_token_renew(session);
}

enum bw_status
bw_web_practice_open(
    struct bw_web_desk *desk, struct bw_web_session *session, struct bw_error *err)
{
    bool made = false;
    if (desk->of != NULL ||
        !bw_practice_place_of(desk->office.key_path, &desk->practice_place)) {
        return bw_error_set(err, BW_REFUSED, 0,
            "opening the practice series: it isn't known where it could lie");
    }
    enum bw_status status =
        desk->practice == NULL
            ? bw_practice_make(&desk->office, &desk->practice_place, &made, err)
            : BW_OK;
    if (status == BW_OK && desk->practice == NULL) {
        status = open_desk(desk, err);
    }
    if (status == BW_OK) {
        change_sides(session, true);
    }
    return status;
}

void
bw_web_practice_leave(struct bw_web_session *session)
{
    change_sides(session, false);
}

enum bw_status
bw_web_practice_end(struct bw_web_desk *desk, bool *ret_was, struct bw_error *err)
{
    struct bw_practice_place place;
    if (!bw_practice_place_of(desk->office.key_path, &place)) {
        *ret_was = false;
        return BW_OK;
    }
    for (int i = 0; i < BW_WEB_SESSIONS_MAX; i++) {
        if (desk->guard.sessions[i].practises) {
            change_sides(&desk->guard.sessions[i], false);
        }
    }
    bw_web_desk_close(desk->practice);
    free(desk->practice);
    desk->practice = NULL;
    return bw_practice_remove(&place, ret_was, err);
}
