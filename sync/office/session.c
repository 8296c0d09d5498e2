/* What the organiser does to a whole session: see session.h. */
#include "office/session.h"

#include "central/base/array.h"
#include "central/records.h"
#include "office/hold.h"
#include "office/import/read/form_time.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <brugwachter/zone.h>
#include <stdlib.h>
#include <string.h>

struct session_act {
    const struct bw_office *office;
    const char *doing; /* "calling off", for sentences */
    const char *what;  /* the command, for the step */
    const char *why;
    const struct bw_office_session_move *to; /* of a move */
    struct bw_office_session_change change;
    bool no_memory;
};

/* Changes act->change.now, or refuses. */
typedef enum bw_status session_act_run(struct session_act *act, struct bw_error *err);

static enum bw_status
refuse(const struct session_act *act, const char *why, struct bw_error *err)
{
    return bw_error_set(
        err, BW_REFUSED, 0, "%s %s: %s", act->doing, act->change.before.code, why);
}

void
bw_office_session_change_finish(struct bw_office_session_change *change)
{
    if (change != NULL) {
        free(change->told);
        *change = (struct bw_office_session_change){.told = NULL};
    }
}

/* ---- the acts ---- */

static enum bw_status
check_standing(const struct session_act *act, struct bw_error *err)
{
    const struct bw_session *s = &act->change.before;
    if (s->closed_ms != 0) {
        return refuse(act,
            bw_said(
                "its figures are fixed; session reopen with --why opens it for changes"),
            err);
    }
    return s->called_off_ms != 0
               ? refuse(act,
                     bw_said(
                         "it is called off; session reopen with --why takes that back"),
                     err)
               : BW_OK;
}

static enum bw_status
cancel(struct session_act *act, struct bw_error *err)
{
    act->change.now.called_off_ms = bw_office_now_ms(act->office);
    return check_standing(act, err);
}

static enum bw_status
read_time(const struct session_act *act, const char *text, const struct bw_zone *zone,
    int64_t *inout_ms, struct bw_error *err)
{
    if (text == NULL || text[0] == '\0') {
        return BW_OK;
    }
    enum bw_time_fault fault = bw_form_time_parse(text, zone, inout_ms);
    return fault == BW_TIME_FINE
               ? BW_OK
               : bw_error_set(err, BW_BAD_INPUT, 0,
                     "%s %s: \"%.60s\" %s; write it as 2025-03-25 13:30", act->doing,
                     act->change.before.code, text, bw_time_fault_name(fault));
}

static enum bw_status
read_text(const struct session_act *act, const char *text, char to[BW_TITLE_BYTES],
    struct bw_error *err)
{
    char clean[BW_TITLE_BYTES];
    if (text == NULL || text[0] == '\0') {
        return BW_OK;
    }
    enum bw_text_fault fault = bw_text_clean(text, BW_TITLE_CHARS, clean);
    if (fault != BW_TEXT_FINE) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "%s %s: \"%.60s\" %s", act->doing,
            act->change.before.code, text, bw_said(bw_text_fault_name(fault)));
    }
    memcpy(to, clean, sizeof clean);
    return BW_OK;
}

/* The number is of the place where it was. */
static enum bw_status
read_phone(struct session_act *act, struct bw_error *err)
{
    struct bw_session *now = &act->change.now;
    const char *text = act->to->venue_phone;
    char phone[BW_TITLE_BYTES] = "";
    if (text == NULL) {
        if (strcmp(now->venue, act->change.before.venue) != 0) {
            now->venue_phone[0] = '\0';
        }
        return BW_OK;
    }
    enum bw_status status = read_text(act, text, phone, err);
    if (status == BW_OK && strlen(phone) >= sizeof now->venue_phone) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "%s %s: \"%.60s\" %s", act->doing,
            act->change.before.code, text, bw_said(bw_text_fault_name(BW_TEXT_TOO_LONG)));
    }
    if (status == BW_OK) {
        memcpy(now->venue_phone, phone, strlen(phone) + 1);
    }
    return status;
}

static enum bw_status
read_move(struct session_act *act, struct bw_error *err)
{
    struct bw_session *now = &act->change.now;
    const struct bw_session *before = &act->change.before;
    struct bw_zone *zone = NULL;
    enum bw_status status = bw_zone_open(before->timezone, &zone, err);
    if (status == BW_OK) {
        status = bw_error_about(
            err, read_time(act, act->to->starts, zone, &now->starts_ms, err), "starts");
    }
    int64_t later_ms = now->starts_ms - before->starts_ms;
    now->ends_ms += later_ms;
    now->opens_ms += now->opens_ms != 0 ? later_ms : 0;
    if (status == BW_OK) {
        status = bw_error_about(
            err, read_time(act, act->to->ends, zone, &now->ends_ms, err), "ends");
    }
    bw_zone_close(zone);
    if (status == BW_OK) {
        status =
            bw_error_about(err, read_text(act, act->to->venue, now->venue, err), "venue");
    }
    if (status == BW_OK) {
        status = bw_error_about(
            err, read_text(act, act->to->address, now->address, err), "address");
    }
    if (status == BW_OK) {
        status = bw_error_about(err, read_phone(act, err), "venue-phone");
    }
    return status == BW_OK && now->ends_ms <= now->starts_ms
               ? bw_error_about(err,
                     bw_error_set(err, BW_BAD_INPUT, 0,
                         "%s %s: it would end before it begins; give --ends too",
                         act->doing, before->code),
                     "ends")
               : status;
}

/* Whether its people go to another place, or at another time. */
static bool
is_elsewhere(const struct bw_office_session_change *change)
{
    const struct bw_session *before = &change->before, *now = &change->now;
    return now->starts_ms != before->starts_ms || now->ends_ms != before->ends_ms ||
           strcmp(now->venue, before->venue) != 0 ||
           strcmp(now->address, before->address) != 0;
}

static enum bw_status
move(struct session_act *act, struct bw_error *err)
{
    const struct bw_session *before = &act->change.before, *now = &act->change.now;
    int64_t now_ms = bw_office_now_ms(act->office);
    enum bw_status status = check_standing(act, err);
    if (status == BW_OK) {
        status = read_move(act, err);
    }
    if (status != BW_OK) {
        return status;
    }
    bool elsewhen =
        now->starts_ms != before->starts_ms || now->ends_ms != before->ends_ms;
    if (!is_elsewhere(&act->change)) {
        return strcmp(now->venue_phone, before->venue_phone) != 0
                   ? BW_OK
                   : refuse(act,
                         bw_said("it is then and there already; nothing would change"),
                         err);
    }
    if (!act->to->confirmed && elsewhen && now->starts_ms < now_ms) {
        return bw_error_about(err,
            refuse(act,
                bw_said("it would begin in the past; look at the date, or say --yes "
                        "where that is right"),
                err),
            "starts");
    }
    return !act->to->confirmed && before->ends_ms < now_ms
               ? refuse(act,
                     bw_said(
                         "it is over already, and who came then would count no more; say "
                         "--yes where it is to be held anew"),
                     err)
               : BW_OK;
}

/* What is here counts, also where a machine whose clock is ahead took it in. */
static enum bw_status
closed_at(struct session_act *act, int64_t now_ms, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(act->change.before.session_no);
    int64_t newest_ms = 0;
    enum bw_status status = bw_central_number(act->office->central,
        "SELECT max(received_ms) FROM event WHERE session_no = $1", &value, 1, 0,
        &newest_ms, err);
    act->change.now.closed_ms = newest_ms > now_ms ? newest_ms : now_ms;
    return status;
}

static enum bw_status
close_figures(struct session_act *act, struct bw_error *err)
{
    const struct bw_session *s = &act->change.before;
    struct bw_sql_value value = bw_sql_int(s->session_no);
    int64_t now_ms = bw_office_now_ms(act->office), doubts = 0, waiting = 0;
    enum bw_status status = check_standing(act, err);
    if (status != BW_OK) {
        return status;
    }
    if (now_ms < s->ends_ms) {
        return refuse(act, bw_said("it isn't over yet; close it afterwards"), err);
    }
    status = bw_central_number(act->office->central,
        "SELECT count(*) FROM registration WHERE session_no = $1 AND doubt <> 0"
        " AND status = 1",
        &value, 1, 0, &doubts, err);
    if (status == BW_OK) {
        status = bw_central_number(act->office->central,
            "SELECT count(*) FROM quarantine WHERE session_no = $1 AND settled = 0",
            &value, 1, 0, &waiting, err);
    }
    if (status == BW_OK && doubts > 0) {
        return refuse(
            act, bw_said("sign-ups are in doubt; settle them first (doubts)"), err);
    }
    if (status == BW_OK && waiting > 0) {
        return refuse(act,
            bw_said("events wait in quarantine; settle them first (conflicts)"), err);
    }
    return status == BW_OK ? closed_at(act, now_ms, err) : status;
}

static enum bw_status
reopen(struct session_act *act, struct bw_error *err)
{
    struct bw_session *now = &act->change.now;
    if (act->why[0] == '\0') {
        return bw_error_about(err,
            refuse(act, bw_said("say why with --why; it stays in the history"), err),
            "why");
    }
    if (now->closed_ms == 0 && now->called_off_ms == 0) {
        return refuse(act, bw_said("it is neither closed nor called off"), err);
    }
    now->called_off_ms = now->closed_ms != 0 ? now->called_off_ms : 0;
    now->closed_ms = 0;
    return BW_OK;
}

/* ---- around them ---- */

static enum bw_status
write_session(const struct session_act *act, struct bw_error *err)
{
    const struct bw_session *s = &act->change.now;
    struct bw_sql_value values[] = {bw_sql_int(s->session_no), bw_sql_int(s->starts_ms),
        bw_sql_int(s->ends_ms), bw_sql_int(s->opens_ms), bw_sql_text(s->venue),
        bw_sql_text(s->address), bw_sql_int(s->called_off_ms), bw_sql_int(s->closed_ms),
        bw_sql_text(s->venue_phone)};
    return bw_central_run(act->office->central,
        "UPDATE session SET starts_ms = $2, ends_ms = $3, opens_ms = $4, venue = $5,"
        " address = $6, called_off_ms = $7, closed_ms = $8, venue_phone = $9"
        " WHERE session_no = $1",
        values, 9, NULL, NULL, err);
}

static bool
on_told(const struct bw_sql_value *c, int count, void *context)
{
    struct session_act *act = context;
    struct bw_office_session_change *change = &act->change;
    (void)count;
    struct bw_step_told *told =
        bw_array_more(&change->told, &change->count, &change->capacity, sizeof *told);
    act->no_memory = told == NULL;
    if (told != NULL) {
        told->code = (bw_code)c[0].number;
        bw_text_copy(told->first_name, sizeof told->first_name, c[1].text);
        bw_text_copy(told->name, sizeof told->name, c[2].text);
        bw_text_copy(told->session, sizeof told->session, change->now.code);
        told->status = (enum bw_registration_status)c[3].number;
    }
    return told != NULL;
}

/* Fixed figures are no news to anybody, nor whom the office calls. */
static enum bw_status
read_told(struct session_act *act, struct bw_error *err)
{
    struct bw_sql_value value = bw_sql_int(act->change.now.session_no);
    if (act->change.before.closed_ms != act->change.now.closed_ms ||
        (act->to != NULL && !is_elsewhere(&act->change))) {
        return BW_OK;
    }
    enum bw_status status = bw_central_run(act->office->central,
        "SELECT code, first_name, name, status FROM registration WHERE session_no = $1"
        " AND status IN (0, 1) ORDER BY name, first_name, code",
        &value, 1, on_told, act, err);
    return status == BW_OK && act->no_memory
               ? bw_error_set(err, BW_NO_MEMORY, 0, "%s %s: no memory", act->doing,
                     act->change.now.code)
               : status;
}

static enum bw_status
change_it(struct session_act *act, const char *typed, session_act_run *run,
    struct bw_error *err)
{
    struct bw_central *central = act->office->central;
    bool purged = false;
    enum bw_status status =
        bw_office_hold_session(central, typed, &act->change.before, err);
    act->change.now = act->change.before;
    if (status == BW_OK) {
        status = run(act, err);
    }
    if (status == BW_OK) {
        status = bw_office_is_purged(central, act->change.now.session_no, &purged, err);
    }
    if (status == BW_OK && purged) {
        status = refuse(
            act, bw_said("its people were purged; its figures stay as they are"), err);
    }
    if (status == BW_OK) {
        status =
            bw_step_begin(act->office, act->what, act->change.now.code, act->why, 0, err);
    }
    if (status == BW_OK) {
        status = bw_step_keep_session(central, act->change.now.session_no, err);
    }
    if (status == BW_OK) {
        status = write_session(act, err);
    }
    if (status == BW_OK) {
        status = bw_step_session_changed(central, act->change.now.session_no, err);
    }
    return status == BW_OK ? read_told(act, err) : status;
}

static enum bw_status
run_act(struct session_act *act, const char *typed, session_act_run *run,
    struct bw_office_session_change *ret_change, struct bw_error *err)
{
    enum bw_status status = change_it(act, typed, run, err);
    if (status == BW_OK) {
        status = bw_central_commit(act->office->central, err);
    }
    bw_central_rollback(act->office->central);
    if (status != BW_OK) {
        bw_office_session_change_finish(&act->change);
        return status;
    }
    *ret_change = act->change;
    return BW_OK;
}

enum bw_status
bw_office_session_cancel(const struct bw_office *office, const char *typed,
    const char *why, struct bw_office_session_change *ret_change, struct bw_error *err)
{
    struct session_act act = {.office = office,
        .doing = bw_said("calling off"),
        .what = "session cancel",
        .why = why};
    return run_act(&act, typed, cancel, ret_change, err);
}

enum bw_status
bw_office_session_move(const struct bw_office *office, const char *typed,
    const struct bw_office_session_move *to, const char *why,
    struct bw_office_session_change *ret_change, struct bw_error *err)
{
    struct session_act act = {.office = office,
        .doing = bw_said("moving"),
        .what = "session move",
        .why = why,
        .to = to};
    return run_act(&act, typed, move, ret_change, err);
}

enum bw_status
bw_office_session_close(const struct bw_office *office, const char *typed,
    const char *why, struct bw_office_session_change *ret_change, struct bw_error *err)
{
    struct session_act act = {.office = office,
        .doing = bw_said("closing"),
        .what = "session close",
        .why = why};
    return run_act(&act, typed, close_figures, ret_change, err);
}

enum bw_status
bw_office_session_reopen(const struct bw_office *office, const char *typed,
    const char *why, struct bw_office_session_change *ret_change, struct bw_error *err)
{
    struct session_act act = {.office = office,
        .doing = bw_said("reopening"),
        .what = "session reopen",
        .why = why};
    return run_act(&act, typed, reopen, ret_change, err);
}

bool
bw_office_session_is_open(
    const struct bw_office *office, const struct bw_session *session)
{
    return session->closed_ms == 0 && session->called_off_ms == 0 &&
           bw_office_now_ms(office) <= session->ends_ms;
}

enum bw_status
bw_office_session_check(const struct bw_office *office, uint32_t session_no,
    enum bw_office_session_use use, const char *doing, struct bw_error *err)
{
    struct session_act act = {.office = office, .doing = doing};
    enum bw_status status =
        bw_record_session_by_number(office->central, session_no, &act.change.before, err);
    if (use == BW_OFFICE_SESSION_TAKES) {
        act.change.before.called_off_ms = 0;
    }
    if (status == BW_OK) {
        status = check_standing(&act, err);
    }
    return status == BW_OK && bw_office_now_ms(office) > act.change.before.ends_ms
               ? refuse(&act,
                     bw_said("it is over: who came counts, who didn't is a "
                             "no-show (import attendance takes in a paper "
                             "list); where its date is wrong, session move"),
                     err)
               : status;
}
