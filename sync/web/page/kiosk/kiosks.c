/* Zuilen: the fleet, when each was last heard, and whether its log is whole. */
#include "web/page/kiosk/kiosk_card.h"
#include "web/page/kiosk/kiosk_copies.h"
#include "web/page/pages.h"
#include "web/page/part/stale.h"

#include <inttypes.h>
#include <string.h>

struct fleet {
    struct bw_web_visit *visit;
    json_t *kiosks, *waiting, *leaving, *choosing, *arrivals;
    struct bw_web_kiosk_cards cards;
    const char *leaves;    /* the number of the one that is asked to go; "" */
    const char *chooses;   /* of the one whose copies are shown; "" */
    enum bw_status status; /* of what was read of the kiosks, one by one */
    struct bw_error *err;
};

/* Looks of a log, by enum bw_status_log; that with events missing counts them. */
static const struct log_look {
    const char *kind, *icon, *key;
} log_looks[] = {
    [BW_STATUS_LOG_WHOLE] = {"ok", "check", "kz.whole"},
    [BW_STATUS_LOG_UNKNOWN] = {"rust", "hourglass", "kz.unknown"},
    [BW_STATUS_LOG_GAP] = {"let", "history", "kz.missing"},
    [BW_STATUS_LOG_FORKED] = {"let", "kiosk-pair", "kz.fork"},
    [BW_STATUS_LOG_BROKEN] = {"fout", "alert", "kz.broken"},
};

static json_t *
log_chip(const struct fleet *f, const struct bw_status_view *view)
{
    const struct log_look *look = &log_looks[view->log];
    return json_pack("{s:s, s:s, s:o}", "kind", look->kind, "icon", look->icon, "word",
        bw_web_filled(
            f->visit, look->key, json_pack("{s:I}", "n", (json_int_t)view->missing)));
}

static json_t *
heard_chip(const struct fleet *f, const struct bw_kiosk_record *record,
    const struct bw_status_view *view)
{
    bool revoked = record->state == BW_KIOSK_REVOKED;
    bool never = record->last_contact_ms == 0;
    bool late = !revoked && view->silent;
    return json_pack("{s:s, s:s, s:o}", "kind",
        late && view->today ? "fout"
        : late              ? "let"
        : revoked || never  ? "rust"
                            : "ok",
        "icon", late || revoked || never ? "clock-alert" : "kiosk-ok", "word",
        revoked ? bw_web_sentence(f->visit, "kz.revoked")
        : never ? bw_web_sentence(f->visit, "kz.never")
                : bw_web_kiosk_when(f->visit, record->last_contact_ms));
}

/* How many events are still to be collected; "?" where only the kiosk knows. */
static json_t *
collect_of(const struct bw_status_view *view)
{
    char text[24] = "?";
    if (!view->may_hold_more) {
        (void)snprintf(text, sizeof text, "%" PRIu64, view->missing);
    }
    return json_string(text);
}

/* " · 3× uitgevallen", where its power was cut; else "". */
static json_t *
cuts_of(const struct fleet *f, const struct bw_fleet_kiosk *kiosk)
{
    return kiosk->figures.cuts > 0
               ? bw_web_filled(f->visit, "z.cuts",
                     json_pack("{s:I}", "count", (json_int_t)kiosk->figures.cuts))
               : json_string("");
}

/* "99 % · 12 GB vrij · 0.1.0": what its newest hello says. */
static json_t *
machine_of(const struct fleet *f, const struct bw_fleet_kiosk *kiosk)
{
    enum { MIB_OF_GIB = 1024 };
    char battery[32] = "";
    if (kiosk->version[0] == '\0') {
        return json_string("–");
    }
    if (kiosk->battery_percent >= 0) {
        (void)snprintf(battery, sizeof battery, "%d %% · ", kiosk->battery_percent);
    }
    return bw_web_filled(f->visit, "z.machine",
        json_pack("{s:s, s:I, s:s, s:o, s:o}", "battery", battery, "gib",
            (json_int_t)(kiosk->disk_free_mib / MIB_OF_GIB), "version", kiosk->version,
            "cuts", cuts_of(f, kiosk), "back",
            kiosk->figures.fell_back > 0 ? bw_web_sentence(f->visit, "z.fell_back")
                                         : json_string("")));
}

/* ---- the rows ---- */

/* Who is asked to go first sees what would be lost; of two, both are seen first. */
static enum bw_status
note_asked(struct fleet *f, const struct bw_web_kiosk *one)
{
    char number[16], digest[BW_WEB_KEY_BYTES];
    (void)snprintf(number, sizeof number, "%" PRIu32, one->kiosk->record.device);
    if (strcmp(f->chooses, number) == 0) {
        return bw_web_kiosk_copies_add(f->visit, one, &f->choosing, f->err);
    }
    if (bw_web_kiosk_is_revoked(one) || strcmp(f->leaves, number) != 0) {
        return BW_OK;
    }
    enum bw_status status = bw_web_kiosk_lost_digest(one, digest, f->err);
    if (status == BW_OK) {
        bw_web_add(&f->leaving, json_pack("{s:o, s:I, s:o, s:s}", "name",
                                    bw_web_text(one->kiosk->record.name), "number",
                                    (json_int_t)one->kiosk->record.device, "lost",
                                    bw_web_kiosk_lost(f->visit, one), "picture", digest));
    }
    return status;
}

static void
add_row(struct fleet *f, const struct bw_web_kiosk *one)
{
    const struct bw_fleet_kiosk *kiosk = one->kiosk;
    json_t *row = json_object();
    bw_web_set(&row, "name", bw_web_text(kiosk->record.name));
    bw_web_set(&row, "number", json_integer(kiosk->record.device));
    bw_web_set(&row, "circles", bw_web_kiosk_circles(one));
    bw_web_set(&row, "revoked", json_boolean(bw_web_kiosk_is_revoked(one)));
    bw_web_set(&row, "unused", json_boolean(one->unused));
    bw_web_set(&row, "heard", heard_chip(f, &kiosk->record, &one->view));
    bw_web_set(&row, "collect", collect_of(&one->view));
    bw_web_set(&row, "list", bw_web_kiosk_when(f->visit, one->view.list_ms));
    bw_web_set(&row, "log", log_chip(f, &one->view));
    bw_web_set(&row, "words", bw_web_text(kiosk->words));
    bw_web_set(&row, "machine", machine_of(f, kiosk));
    bw_web_add(&f->kiosks, row);
}

static bool
on_kiosk(const struct bw_web_kiosk *one, void *context)
{
    struct fleet *f = context;
    const struct bw_fleet_kiosk *kiosk = one->kiosk;
    add_row(f, one);
    f->status = note_asked(f, one);
    if (f->status == BW_OK) {
        f->status = bw_web_kiosk_card_add(f->visit, one, &f->cards, f->err);
    }
    for (int i = 0;
         f->status == BW_OK && !bw_web_kiosk_is_revoked(one) && i < kiosk->waiting_count;
         i++) {
        bw_web_add(
            &f->waiting, json_pack("{s:s, s:I, s:s, s:s}", "name", kiosk->record.name,
                             "number", (json_int_t)kiosk->record.device, "words",
                             kiosk->waiting[i].words, "before", kiosk->words));
    }
    return f->status == BW_OK && f->kiosks != NULL;
}

static enum bw_status
read_arrivals(struct fleet *f)
{
    struct bw_fleet_arrival arrivals[BW_FLEET_ARRIVALS_MAX];
    int count = 0;
    enum bw_status status =
        bw_fleet_arrivals(f->visit->desk->office.central, arrivals, &count, f->err);
    for (int i = 0; status == BW_OK && i < count; i++) {
        bw_web_add(&f->arrivals,
            json_pack("{s:o, s:o, s:o}", "name", bw_web_text(arrivals[i].name), "what",
                bw_web_filled(f->visit, arrivals[i].events > 0 ? "z.r2" : "z.r1",
                    json_pack("{s:I}", "n", (json_int_t)arrivals[i].events)),
                "when", bw_web_kiosk_when(f->visit, arrivals[i].taken_ms)));
    }
    return status;
}

static enum bw_status
read_fleet(struct fleet *f)
{
    struct bw_office *office = &f->visit->desk->office;
    enum bw_status status = bw_central_read_begin(office->central, f->err);
    if (status != BW_OK) {
        return status;
    }
    status = bw_web_fleet_walk(f->visit, on_kiosk, f, f->err);
    if (status == BW_OK && f->status == BW_OK) {
        status = read_arrivals(f);
    }
    bw_central_read_end(office->central);
    return status == BW_OK ? f->status : status;
}

static enum bw_status
show(struct bw_web_visit *visit, const char *leaves, const char *chooses, bool stale,
    struct bw_error *err)
{
    struct fleet f = {.visit = visit,
        .leaves = leaves,
        .chooses = chooses,
        .err = err,
        .kiosks = json_array(),
        .waiting = json_array(),
        .cards = {json_array(), json_array()},
        .leaving = json_array(),
        .choosing = json_array(),
        .arrivals = json_array()};
    enum bw_status status = read_fleet(&f);
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.kiosks"));
    bw_web_set(&model, "count", json_integer((json_int_t)json_array_size(f.kiosks)));
    bw_web_set(&model, "look",
        json_integer((json_int_t)(json_array_size(f.cards.urgent) +
                                  json_array_size(f.cards.later))));
    bw_web_set(&model, "kiosks", f.kiosks);
    bw_web_set(&model, "waiting", f.waiting);
    bw_web_set(&model, "urgent", f.cards.urgent);
    bw_web_set(&model, "looks", f.cards.later);
    bw_web_set(&model, "stale", bw_web_stale(visit, stale, "er.stale.p"));
    bw_web_set(&model, "leaving", f.leaving);
    bw_web_set(&model, "choosing", f.choosing);
    bw_web_set(&model, "arrivals", f.arrivals);
    if (status == BW_OK) {
        return bw_web_show(visit, "kiosks", model, err);
    }
    json_decref(model);
    return status;
}

enum bw_status
bw_web_page_kiosks(struct bw_web_visit *visit, struct bw_error *err)
{
    return show(visit, bw_web_request_asked(visit->request, "weg"),
        bw_web_request_asked(visit->request, "kopie"), false, err);
}

enum bw_status
bw_web_kiosks_again(
    struct bw_web_visit *visit, const char *asked, uint32_t device, struct bw_error *err)
{
    char number[16];
    (void)snprintf(number, sizeof number, "%" PRIu32, device);
    return show(visit, strcmp(asked, "weg") == 0 ? number : "",
        strcmp(asked, "kopie") == 0 ? number : "", true, err);
}
