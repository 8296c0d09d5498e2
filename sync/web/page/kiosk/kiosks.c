/* Zuilen: the fleet, when each was last heard, and whether its log is whole. */
#include "web/page/part/circles.h"
#include "web/page/pages.h"

#include "exchange/office/fleet.h"

struct fleet {
    struct bw_web_visit *visit;
    struct bw_status_figures figures;
    json_t *kiosks, *waiting;
};

static const struct bw_status_kiosk *
figures_of(const struct fleet *f, uint32_t device)
{
    for (size_t i = 0; i < f->figures.kiosks_count; i++) {
        if (f->figures.kiosks[i].device == device) {
            return &f->figures.kiosks[i];
        }
    }
    return NULL;
}

/* The log alone: what is missing, double or wrong. */
static json_t *
log_chip(const struct fleet *f, const struct bw_device_chain *chain)
{
    bool whole = chain->state == BW_CHAIN_OK && chain->gaps_count == 0;
    const char *key = chain->state == BW_CHAIN_BROKEN   ? "kz.broken"
                      : chain->state == BW_CHAIN_FORKED ? "kz.fork"
                      : chain->gaps_count > 0           ? "kz.gap"
                                                        : "kz.whole";
    return json_pack("{s:s, s:s, s:o}", "kind",
        chain->state == BW_CHAIN_BROKEN ? "fout"
        : whole                         ? "ok"
                                        : "let",
        "icon", whole ? "check" : "history", "word", bw_web_sentence(f->visit, key));
}

static json_t *
heard_chip(const struct fleet *f, const struct bw_kiosk_record *record)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    int64_t now_ms = bw_office_now_ms(&f->visit->desk->office);
    bool never = record->last_contact_ms == 0;
    bool lately = !never && now_ms - record->last_contact_ms < DAY_MS;
    return json_pack("{s:s, s:s, s:o}", "kind", lately ? "ok" : "rust", "icon",
        lately ? "kiosk-ok" : "clock-alert", "word",
        record->state == BW_KIOSK_REVOKED ? bw_web_sentence(f->visit, "kz.revoked")
        : never                           ? bw_web_sentence(f->visit, "kz.never")
                : bw_web_when(f->visit, f->visit->desk->zone, BW_WEB_MOMENT_SHORT,
                      record->last_contact_ms));
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
        json_pack("{s:s, s:I, s:s, s:o}", "battery", battery, "gib",
            (json_int_t)(kiosk->disk_free_mib / MIB_OF_GIB), "version", kiosk->version,
            "cuts", cuts_of(f, kiosk)));
}

static json_t *
circles_of(const struct bw_fleet_kiosk *kiosk)
{
    char text[BW_TITLE_BYTES] = "";
    size_t used = 0;
    for (int i = 0; i < kiosk->sessions_count && used + 1 < sizeof text; i++) {
        if (!kiosk->sessions[i].away) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                used > 0 ? ", " : "", kiosk->sessions[i].code);
        }
    }
    return bw_web_text(text);
}

static bool
on_kiosk(const struct bw_fleet_kiosk *kiosk, void *context)
{
    struct fleet *f = context;
    const struct bw_status_kiosk *figures = figures_of(f, kiosk->record.device);
    const struct bw_device_chain none = {.state = BW_CHAIN_OK};
    const struct bw_device_chain *chain = figures != NULL ? &figures->chain : &none;
    json_t *row = json_object();
    bw_web_set(&row, "name", bw_web_text(kiosk->record.name));
    bw_web_set(&row, "number", json_integer(kiosk->record.device));
    bw_web_set(&row, "circles", circles_of(kiosk));
    bw_web_set(&row, "revoked", json_boolean(kiosk->record.state == BW_KIOSK_REVOKED));
    bw_web_set(&row, "heard", heard_chip(f, &kiosk->record));
    bw_web_set(&row, "events", json_integer((json_int_t)chain->contiguous_seq));
    bw_web_set(&row, "behind",
        json_integer((json_int_t)(chain->newest_seq - chain->contiguous_seq)));
    bw_web_set(&row, "log", log_chip(f, chain));
    bw_web_set(&row, "words", bw_web_text(kiosk->words));
    bw_web_set(&row, "machine", machine_of(f, kiosk));
    bw_web_add(&f->kiosks, row);
    for (int i = 0; i < kiosk->waiting_count; i++) {
        bw_web_add(&f->waiting,
            json_pack("{s:s, s:I, s:s}", "name", kiosk->record.name, "number",
                (json_int_t)kiosk->record.device, "words", kiosk->waiting[i].words));
    }
    return f->kiosks != NULL;
}

enum bw_status
bw_web_page_kiosks(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_office *office = &visit->desk->office;
    struct fleet f = {visit, {.sessions = NULL}, json_array(), json_array()};
    enum bw_status status = bw_central_read_begin(office->central, err);
    if (status == BW_OK) {
        status = bw_status_read(
            office->central, BW_WORDING_DUTCH, bw_office_now_ms(office), &f.figures, err);
        if (status == BW_OK) {
            status = bw_fleet_list(office->central, on_kiosk, &f, err);
        }
        bw_central_read_end(office->central);
    }
    bw_status_finish(&f.figures);
    if (status != BW_OK) {
        json_decref(f.kiosks);
        json_decref(f.waiting);
        return status;
    }
    json_t *model = json_object();
    bw_web_set(&model, "heading", bw_web_sentence(visit, "nav.kiosks"));
    bw_web_set(&model, "count", json_integer((json_int_t)json_array_size(f.kiosks)));
    bw_web_set(&model, "kiosks", f.kiosks);
    bw_web_set(&model, "waiting", f.waiting);
    return bw_web_show(visit, "kiosks", model, err);
}
