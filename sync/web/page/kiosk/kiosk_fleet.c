/* The fleet, read for Zuilen: see kiosk_fleet.h. */
#include "web/page/kiosk/kiosk_fleet.h"

#include "web/page/part/picture.h"

#include <stdio.h>
#include <stdlib.h>

struct fleet_walk {
    struct bw_central *central;
    struct bw_status_figures figures;
    int64_t now_ms;
    bw_web_kiosk_each *each;
    void *context;
    enum bw_status status; /* of what was read of the kiosks, one by one */
    struct bw_error *err;
};

enum bw_status
bw_web_kiosk_number(const char *text, uint32_t *ret_number, struct bw_error *err)
{
    char *end = NULL;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '1' || text[0] > '9' || *end != '\0' || number > UINT32_MAX) {
        return bw_error_about(err,
            bw_error_set(err, BW_BAD_INPUT, 0, "reading a form: a kiosk has a number"),
            "device");
    }
    *ret_number = (uint32_t)number;
    return BW_OK;
}

bool
bw_web_kiosk_is_revoked(const struct bw_web_kiosk *one)
{
    return one->kiosk->record.state == BW_KIOSK_REVOKED;
}

static const struct bw_status_kiosk *
figures_of(const struct bw_status_figures *figures, uint32_t device)
{
    for (size_t i = 0; i < figures->kiosks_count; i++) {
        if (figures->kiosks[i].device == device) {
            return &figures->kiosks[i];
        }
    }
    return NULL;
}

static bool
on_kiosk(const struct bw_fleet_kiosk *kiosk, void *context)
{
    struct fleet_walk *walk = context;
    const struct bw_status_kiosk *figures =
        figures_of(&walk->figures, kiosk->record.device);
    if (figures == NULL) {
        return true;
    }
    struct bw_web_kiosk one = {.kiosk = kiosk,
        .chain = &figures->chain,
        .figures = &walk->figures,
        .unused = kiosk->record.last_contact_ms == 0 && figures->chain.events == 0 &&
                  kiosk->waiting_count == 0};
    if (one.unused && (bw_web_kiosk_is_revoked(&one) || kiosk->ended)) {
        return true; /* removed, or by a sheet that is none any more */
    }
    walk->status =
        bw_status_kiosk_view(walk->central, figures, walk->now_ms, &one.view, walk->err);
    return walk->status == BW_OK && walk->each(&one, walk->context);
}

enum bw_status
bw_web_fleet_walk(const struct bw_web_visit *visit, bw_web_kiosk_each *each,
    void *context, struct bw_error *err)
{
    const struct bw_office *office = &visit->desk->office;
    struct fleet_walk walk = {.central = office->central,
        .now_ms = bw_office_now_ms(office),
        .each = each,
        .context = context,
        .err = err};
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_status_read(
        office->central, BW_WORDING_DUTCH, walk.now_ms, &walk.figures, err);
    if (status == BW_OK) {
        status = bw_fleet_list(office->central, on_kiosk, &walk, err);
        bw_status_finish(&walk.figures);
    }
    bw_central_read_end(office->central);
    return status == BW_OK ? walk.status : status;
}

/* ---- its circles ---- */

static const struct bw_status_session *
session_of(const struct bw_web_kiosk *one, int at)
{
    const struct bw_kiosk_session *own = &one->kiosk->sessions[at];
    for (size_t i = 0; !own->away && i < one->figures->sessions_count; i++) {
        if (one->figures->sessions[i].session_no == own->session_no) {
            return &one->figures->sessions[i];
        }
    }
    return NULL;
}

json_t *
bw_web_kiosk_circles(const struct bw_web_kiosk *one)
{
    char text[BW_TITLE_BYTES] = "";
    size_t used = 0;
    for (int i = 0; i < one->kiosk->sessions_count && used + 1 < sizeof text; i++) {
        const struct bw_status_session *session = session_of(one, i);
        if (session != NULL) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                used > 0 ? ", " : "", session->title);
        }
    }
    return bw_web_text(text);
}

const struct bw_status_session *
bw_web_kiosk_circle(const struct bw_web_kiosk *one)
{
    const struct bw_status_session *first = NULL;
    for (int i = 0; i < one->kiosk->sessions_count; i++) {
        const struct bw_status_session *session = session_of(one, i);
        if (session != NULL && session->state == BW_SESSION_TODAY) {
            return session;
        }
        if (session != NULL && first == NULL && session->state == BW_SESSION_PLANNED) {
            first = session;
        }
    }
    return first;
}

/* ---- what is said of it ---- */

json_t *
bw_web_kiosk_when(const struct bw_web_visit *visit, int64_t wall_ms)
{
    return wall_ms == 0
               ? json_string("–")
               : bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, wall_ms);
}

json_t *
bw_web_kiosk_lost(const struct bw_web_visit *visit, const struct bw_web_kiosk *one)
{
    const struct bw_status_view *view = &one->view;
    int64_t heard_ms = one->kiosk->record.last_contact_ms;
    const char *key = view->may_hold_more && heard_ms == 0 ? "z.lost.never"
                      : view->may_hold_more                ? "z.lost.unknown"
                      : view->missing > 0                  ? "z.lost"
                                                           : "z.lost.none";
    return bw_web_filled(visit, key,
        json_pack("{s:I, s:o}", "n", (json_int_t)view->missing, "when",
            bw_web_kiosk_when(visit, heard_ms)));
}

enum bw_status
bw_web_kiosk_lost_digest(const struct bw_web_kiosk *one,
    char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    json_t *seen = json_pack("{s:I, s:I, s:b, s:I}", "device",
        (json_int_t)one->kiosk->record.device, "missing", (json_int_t)one->view.missing,
        "more", one->view.may_hold_more, "heard",
        (json_int_t)(one->view.may_hold_more ? one->kiosk->record.last_contact_ms : 0));
    enum bw_status status = bw_web_picture_digest(seen, ret_digest, err);
    json_decref(seen);
    return status;
}
