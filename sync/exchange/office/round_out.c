/* Roster letters out, and what may go: see round.h. */
#include "central/base/array.h"
#include "exchange/office/carriers.h"
#include "exchange/office/roads.h"
#include "exchange/office/round.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How long a kiosk that isn't heard any more is told to forget, and of an epoch: a
 * quarter. */
#define FORGET_TOLD_MS (INT64_C(92) * 24 * 3600 * 1000)

/* One kiosk and session that may need a letter. */
struct candidate {
    uint32_t device, session_no;
};

struct candidates {
    struct candidate *items;
    size_t count, capacity;
    bool no_memory;
};

static bool
on_candidate(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct candidates *list = context;
    struct candidate *item =
        bw_array_more(&list->items, &list->count, &list->capacity, sizeof *item);
    list->no_memory = !item;
    if (item) {
        *item =
            (struct candidate){(uint32_t)columns[0].number, (uint32_t)columns[1].number};
    }
    return item != NULL;
}

static enum bw_status
candidates_read(struct bw_central *central, const char *sql,
    const struct bw_sql_value *values, int count, struct candidates *ret_list,
    struct bw_error *err)
{
    struct candidates list = {.items = NULL};
    enum bw_status status =
        bw_central_run(central, sql, values, count, on_candidate, &list, err);
    if (status == BW_OK && list.no_memory) {
        status = bw_error_set(
            err, BW_NO_MEMORY, 0, "writing rosters: out of memory; close other programs");
    }
    if (status != BW_OK) {
        free(list.items);
        return status;
    }
    *ret_list = list;
    return BW_OK;
}

/* ---- making one ---- */

static const struct bw_kiosk_session *
session_of(const struct bw_kiosk_session *sessions, int count, uint32_t session_no)
{
    for (int i = 0; i < count; i++) {
        if (sessions[i].session_no == session_no) {
            return &sessions[i];
        }
    }
    return NULL;
}

/* A kiosk with its sessions; too large for the stack of a loop. */
struct subject {
    struct bw_kiosk_record kiosk;
    struct bw_kiosk_session sessions[BW_SESSIONS_OWN_MAX];
    int sessions_count;
};

static enum bw_status
subject_read(struct bw_central *central, uint32_t device, struct subject *subject,
    struct bw_error *err)
{
    if (subject->kiosk.device == device && !bw_central_in_transaction(central)) {
        return BW_OK; /* as the candidate before */
    }
    enum bw_status status = bw_kiosk_record_read(central, device, &subject->kiosk, err);
    return status == BW_OK ? bw_kiosk_sessions_read(central, device, subject->sessions,
                                 &subject->sessions_count, err)
                           : status;
}

/* Its session, held (C8). A carrier's is left where a colleague is at that session: who
 * has changed something puts it, or the next round. *ret_held. */
static enum bw_status
session_hold(struct bw_central *central, const struct candidate *candidate, bool waits,
    bool *ret_held, struct bw_error *err)
{
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_hold_sessions(central, &candidate->session_no, 1, waits, err);
        *ret_held = status == BW_OK;
    }
    return status == BW_BUSY && !waits && bw_central_in_transaction(central) ? BW_OK
                                                                             : status;
}

/* No letters where the session isn't held. */
static enum bw_status
roster_make(const struct bw_exchange_post *post, const struct candidate *candidate,
    bool whole, const char *place, struct bw_roster_out *ret_out, struct bw_error *err)
{
    struct subject *subject = calloc(1, sizeof *subject);
    if (!subject) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing rosters: out of memory");
    }
    struct bw_roster_out out = {.letters = NULL};
    bool held = false, waits = strcmp(place, BW_PLACE_CARRIER) != 0;
    enum bw_status status = session_hold(post->central, candidate, waits, &held, err);
    if (status == BW_OK && held) {
        status = subject_read(post->central, candidate->device, subject, err);
    }
    const struct bw_kiosk_session *session =
        session_of(subject->sessions, subject->sessions_count, candidate->session_no);
    if (status == BW_OK && session) {
        status =
            bw_roster_out_make(post, &subject->kiosk, session, whole, place, &out, err);
    }
    if (status == BW_OK && held) {
        status = bw_central_commit(post->central, err);
    }
    bw_central_rollback(post->central);
    free(subject);
    if (status != BW_OK) {
        bw_roster_out_finish(&out);
        return status;
    }
    *ret_out = out;
    return BW_OK;
}

/* Puts all parts; *ret_put is false where the carrier failed, which is noted. */
static void
roster_put(struct bw_carrier *carrier, const struct bw_roster_out *out,
    struct bw_round_summary *summary, bool *ret_put)
{
    struct bw_error why;
    for (int i = 0; i < out->count; i++) {
        const struct bw_roster_made *made = &out->letters[i];
        if (bw_carrier_put(carrier, made->name, made->bytes, made->length, NULL, &why) !=
            BW_OK) {
            summary->offline++;
            bw_round_note(summary, "%s", why.text);
            *ret_put = false;
            return;
        }
    }
    *ret_put = true;
}

/* ---- the round ---- */

static enum bw_status
is_needed(struct bw_roads *roads, const struct candidate *candidate,
    struct subject *subject, bool *ret_needed, struct bw_error *err)
{
    struct bw_central *central = roads->post->central;
    struct bw_roster_last last;
    bool told = false, carried = true;
    enum bw_status status = subject_read(central, candidate->device, subject, err);
    const struct bw_kiosk_session *session =
        session_of(subject->sessions, subject->sessions_count, candidate->session_no);
    if (status != BW_OK || !session) {
        *ret_needed = false;
        return status;
    }
    status = bw_roster_last_read(
        central, candidate->device, candidate->session_no, BW_PLACE_CARRIER, &last, err);
    if (status == BW_OK) {
        status =
            bw_roster_is_told(central, candidate->device, session, &last, &told, err);
    }
    if (status == BW_OK && told && session->held_revision < last.to) {
        status = bw_roads_carry(
            roads, candidate->device, candidate->session_no, last.to, &carried, err);
    }
    if (status == BW_OK) {
        *ret_needed = !told || !carried; /* XN2 */
    }
    return status;
}

static enum bw_status
roster_send(
    struct bw_roads *roads, const struct candidate *candidate, struct bw_error *err)
{
    struct bw_roster_out out = {.letters = NULL};
    bool any = false;
    for (int i = 0; i < roads->count; i++) {
        any = bw_road_is_open(roads, &roads->items[i]) || any;
    }
    if (!any) {
        return BW_OK;
    }
    enum bw_status status =
        roster_make(roads->post, candidate, false, BW_PLACE_CARRIER, &out, err);
    bool written = false;
    for (int i = 0; status == BW_OK && i < roads->count; i++) {
        struct bw_road *road = &roads->items[i];
        bool put = false;
        if (!road->given_up) {
            bw_exchange_post_at(roads->post, road->place);
            roster_put(road->carrier, &out, roads->summary, &put);
            road->given_up = !put;
            written = written || put;
        }
    }
    bw_exchange_post_at(roads->post, -1);
    roads->summary->written += written ? out.count : 0;
    bw_roster_out_finish(&out);
    return status;
}

/* Kiosks of sessions that aren't over; and of those that are, who never got a roster,
 * waits for a receipt, or to hear that its introduction came, or is to forget people, or
 * to send again to an office that was restored, and hasn't said that it did: $2 is the
 * oldest purge, and the oldest epoch, that is still told. Of letters that went the last
 * one is asked alone: there are ever more of them. */
#define CANDIDATES_SQL                                                                   \
    "SELECT x.device, x.session_no FROM device_session x"                                \
    " JOIN device d ON d.device = x.device"                                              \
    " JOIN session s ON s.session_no = x.session_no WHERE " BW_KIOSK_IS_LIVE             \
    " AND x.rank >= 0"                                                                   \
    " AND (d.first_sign IS NOT NULL OR d.state = 1) AND (s.ends_ms > $1"                 \
    " OR d.receipt_seq > COALESCE((SELECT o.receipt_seq FROM letter_out o"               \
    "  WHERE o.device = d.device AND o.session_no = x.session_no"                        \
    "  AND o.place = '" BW_PLACE_CARRIER "' ORDER BY o.to_revision DESC LIMIT 1), 0)"    \
    " OR NOT EXISTS (SELECT 1 FROM letter_out o WHERE o.device = d.device"               \
    "  AND o.session_no = x.session_no)"                                                 \
    " OR EXISTS (SELECT 1 FROM introduction i WHERE i.device = d.device AND i.state = 1" \
    "  AND i.received_ms > COALESCE((SELECT o.written_ms FROM letter_out o"              \
    "   WHERE o.device = d.device AND o.session_no = x.session_no"                       \
    "   ORDER BY o.to_revision DESC LIMIT 1), -1))"                                      \
    " OR ((EXISTS (SELECT 1 FROM purged_session p WHERE p.session_no = x.session_no"     \
    "  AND p.purged_ms > $2) OR EXISTS (SELECT 1 FROM step t JOIN step_session y"        \
    "  ON y.step_no = t.step_no WHERE t.what = 'forget'"                                 \
    "  AND y.session_no = x.session_no AND t.at_ms > $2))"                               \
    "  AND (x.held_epoch < (SELECT epoch FROM central)"                                  \
    "  OR x.held_revision < s.revision))"                                                \
    " OR x.held_epoch < (SELECT epoch FROM central WHERE epoch_ms > $2))"                \
    " ORDER BY x.device, x.rank"

static enum bw_status
rosters_send(struct bw_roads *roads, struct bw_error *err)
{
    struct candidates list = {.items = NULL};
    struct subject *subject = calloc(1, sizeof *subject);
    int64_t now_ms = bw_exchange_post_now_ms(roads->post);
    struct bw_sql_value values[] = {
        bw_sql_int(now_ms), bw_sql_int(now_ms - FORGET_TOLD_MS)};
    enum bw_status status =
        subject
            ? candidates_read(roads->post->central, CANDIDATES_SQL, values, 2, &list, err)
            : bw_error_set(err, BW_NO_MEMORY, 0, "writing rosters: out of memory");
    for (size_t i = 0; status == BW_OK && i < list.count; i++) {
        bool needed = false;
        status = is_needed(roads, &list.items[i], subject, &needed, err);
        if (status == BW_OK && needed) {
            status = roster_send(roads, &list.items[i], err);
        }
    }
    free(list.items);
    free(subject);
    return status;
}

/* ---- removing ---- */

/* $1 is the name, $2 now less a week. What of XN3 is true of a letter that was taken. */
#define EVENTS_MAY_GO_SQL                                                                \
    "SELECT count(*) FROM letter_in l WHERE l.name = $1 AND l.state = 0"                 \
    " AND l.taken_ms <= $2 AND NOT EXISTS (SELECT 1 FROM event e"                        \
    " JOIN session s ON s.session_no = e.session_no"                                     \
    " JOIN device_session x ON x.session_no = e.session_no"                              \
    " JOIN device d ON d.device = x.device"                                              \
    " WHERE l.to_seq > 0 AND e.device = l.device AND e.seq BETWEEN l.from_seq"           \
    " AND l.to_seq AND s.ends_ms > $3 AND x.rank >= 0 AND x.device <> l.device"          \
    " AND " BW_KIOSK_IS_LIVE " AND (x.held_epoch < (SELECT epoch FROM central)"          \
    " OR x.held_revision < e.revision))"
/* $1 is the name: a hello alone, and a newer one came. Where a kiosk may remove nothing,
 * the office does. */
#define HELLO_MAY_GO_SQL                                                                 \
    "SELECT count(*) FROM letter_in l JOIN device d ON d.device = l.device"              \
    " WHERE l.name = $1 AND l.state = 0 AND l.to_seq = 0"                                \
    " AND l.counter < d.hello_counter"
#define ROSTER_MAY_GO_SQL                                                                \
    "SELECT count(*) FROM letter_out o LEFT JOIN device_session x"                       \
    " ON x.device = o.device AND x.session_no = o.session_no WHERE o.name = $1"          \
    " AND (x.rank IS NULL OR x.rank < 0 OR ((x.held_epoch > o.epoch"                     \
    " OR (x.held_epoch = o.epoch AND x.held_revision >= o.to_revision))"                 \
    " AND EXISTS (SELECT 1 FROM letter_out n WHERE n.device = o.device"                  \
    " AND n.session_no = o.session_no AND (n.epoch > o.epoch"                            \
    " OR (n.epoch = o.epoch AND n.to_revision > o.to_revision)))))"

static enum bw_status
may_go(const struct bw_roads *roads, const struct bw_carried *carried, bool *ret_may,
    struct bw_error *err)
{
    int64_t now_ms = bw_exchange_post_now_ms(roads->post), rows = 0;
    struct bw_sql_value values[] = {bw_sql_text(carried->name),
        bw_sql_int(now_ms - BW_ROUND_KEPT_MS), bw_sql_int(now_ms)};
    bool roster = carried->parsed.kind == BW_LETTER_ROSTER;
    enum bw_status status = bw_central_number(roads->post->central,
        roster ? ROSTER_MAY_GO_SQL : EVENTS_MAY_GO_SQL, values, roster ? 1 : 3, 0, &rows,
        err);
    if (status == BW_OK) {
        *ret_may = rows > 0;
    }
    return status;
}

static enum bw_status
hello_may_go(const struct bw_roads *roads, const struct bw_carried *carried,
    bool *ret_may, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_text(carried->name);
    int64_t rows = 0;
    enum bw_status status = bw_central_number(
        roads->post->central, HELLO_MAY_GO_SQL, &value, 1, 0, &rows, err);
    if (status == BW_OK) {
        *ret_may = rows > 0;
    }
    return status;
}

static enum bw_status
road_tidy(struct bw_roads *roads, struct bw_road *road, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < road->list.count; i++) {
        struct bw_error why;
        bool may = false;
        if (!bw_road_is_open(roads, road)) {
            return BW_OK;
        }
        const struct bw_carried *carried = &road->list.items[i];
        bool hello = carried->parsed.kind == BW_LETTER_EVENTS && carried->parsed.to == 0;
        status = may_go(roads, carried, &may, err);
        if (status == BW_OK && !may && hello &&
            bw_carrier_gives_logins(road->carrier->uri)) {
            status = hello_may_go(roads, carried, &may, err);
        }
        if (status == BW_OK && may) {
            bw_exchange_post_at(roads->post, road->place);
            if (bw_carrier_remove(road->carrier, carried->name, &why) == BW_OK) {
                roads->summary->removed++;
            } else {
                bw_round_note(roads->summary, "%s", why.text);
                road->given_up = true;
            }
            bw_exchange_post_at(roads->post, -1);
        }
    }
    return status;
}

enum bw_status
bw_round_out(const struct bw_exchange_post *post, struct bw_round_summary *summary,
    struct bw_error *err)
{
    struct bw_office_carriers carriers = {.count = 0};
    struct bw_roads roads = {.post = post, .summary = summary};
    enum bw_status status = bw_office_carriers_open(post, &carriers, summary, err);
    if (status == BW_OK) {
        bw_roads_open(&roads, &carriers);
        status = rosters_send(&roads, err);
    }
    for (int i = 0; status == BW_OK && i < roads.count; i++) {
        status = road_tidy(&roads, &roads.items[i], err);
    }
    bw_roads_close(&roads);
    bw_office_carriers_close(&carriers);
    return status;
}

/* ---- sticks ---- */

static enum bw_status
pack_all(const struct bw_exchange_post *post, const struct candidates *list,
    struct bw_carrier *carrier, bool whole, struct bw_round_summary *summary,
    struct bw_roster_counts *ret_counts, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < list->count; i++) {
        struct bw_roster_out out = {.letters = NULL};
        status = roster_make(post, &list->items[i], whole, BW_PLACE_STICK, &out, err);
        for (int p = 0; status == BW_OK && p < out.count; p++) {
            status = bw_carrier_put(carrier, out.letters[p].name, out.letters[p].bytes,
                out.letters[p].length, NULL, err);
        }
        if (status == BW_OK) {
            summary->written += out.count;
            if (ret_counts) {
                *ret_counts = out.counts;
            }
        }
        bw_roster_out_finish(&out);
    }
    return status;
}

enum bw_status
bw_round_pack(const struct bw_exchange_post *post, uint32_t device, const char *folder,
    bool whole, struct bw_round_summary *summary, struct bw_roster_counts *ret_counts,
    struct bw_error *err)
{
    struct candidates list = {.items = NULL};
    struct bw_kiosk_record kiosk;
    struct bw_carrier *carrier = NULL;
    char uri[PATH_MAX + 8];
    struct bw_sql_value value = bw_sql_int(device);
    enum bw_status status =
        device ? bw_kiosk_record_read(post->central, device, &kiosk, err) : BW_OK;
    if (status == BW_OK && device && kiosk.state == BW_KIOSK_REVOKED) {
        return bw_error_set(err, BW_REFUSED, 0,
            "packing for kiosk %u: it was revoked; enrol it anew", device);
    }
    (void)snprintf(uri, sizeof uri, "folder:%s", folder);
    if (status == BW_OK) {
        status = bw_carrier_open(uri, BW_CARRIER_STICK, NULL, &carrier, err);
    }
    if (status == BW_OK) {
        status = candidates_read(post->central,
            "SELECT x.device, x.session_no FROM device_session x"
            " JOIN device d ON d.device = x.device WHERE (d.device = $1 OR $1 = 0)"
            " AND (d.first_sign IS NOT NULL OR d.state = 1) AND " BW_KIOSK_IS_LIVE
            " AND x.rank >= 0"
            " ORDER BY x.device, x.rank",
            &value, 1, &list, err);
    }
    if (status == BW_OK) {
        status = pack_all(post, &list, carrier, whole, summary, ret_counts, err);
    }
    free(list.items);
    bw_carrier_close(carrier);
    return status;
}
