/* Telling people by a mail server: see mailing.h.
 *
 *   due -> noted as on its way -> given to the server -> told
 *                                                     -> due (refused, or not taken)
 *                                                     -> on its way (nobody knows: TM3)
 *
 * A program that is killed, or a connection that breaks, leaves one mail on its way at
 * most; the next run begins with whoever is due then. */
#include "office/mail/mailing.h"

#include "central/base/array.h"
#include "central/engine/wait.h"
#include "central/records.h"
#include "office/mail/compose.h"
#include "office/mail/told_reach.h"
#include "office/practice/practice_mark.h"

#include <stdlib.h>
#include <time.h>

enum { MINUTE_MS = 60000, FAILURES_MAX = 3 };

struct send_run {
    struct bw_mailing_writer writer;
    struct bw_told_list list;
    struct bw_smtp *smtp;
    struct bw_mailing *result;
    int64_t mailing_no, gap_ms, next_ms;
    int failures; /* one after the other */
};

/* ---- pace ---- */

/* By a signal, or by whoever watches. */
static bool
is_told_to_end(const struct send_run *run)
{
    return bw_central_told_to_end() ||
           bw_progress_is_stopped(run->writer.office->progress);
}

static bool
wait_turn(struct send_run *run)
{
    int64_t now_ms = bw_central_mono_ms();
    while (now_ms < run->next_ms && !is_told_to_end(run)) {
        int64_t left_ms = run->next_ms - now_ms, nap_ms = left_ms < 500 ? left_ms : 500;
        struct timespec nap = {nap_ms / 1000, nap_ms % 1000 * 1000000};
        (void)nanosleep(&nap, NULL);
        now_ms = bw_central_mono_ms();
    }
    run->next_ms = now_ms + run->gap_ms;
    return !is_told_to_end(run);
}

/* ---- one mail ---- */

/* Nor is who wants none by now, or whose mail came back. */
static enum bw_status
still_reached(struct send_run *run, const struct bw_told_due *due, bool *ret_reached,
    struct bw_error *err)
{
    struct bw_told_reached reached;
    enum bw_status status =
        bw_told_reach_read(run->writer.office->central, due->code, &reached, err);
    if (status == BW_OK) {
        *ret_reached = !reached.came_back && !reached.wants_none;
    }
    return status;
}

/* Things may have changed since the list was read: then they aren't told of what was. */
static enum bw_status
still_true(struct send_run *run, const struct bw_told_due *due, bool *ret_true,
    struct bw_error *err)
{
    int64_t count = 1;
    struct bw_sql_value values[] = {bw_sql_int((int64_t)due->code),
        bw_sql_int(due->now.status), bw_sql_int(due->now.generation),
        bw_sql_int(due->now.starts_ms), bw_sql_text(due->now.venue),
        bw_sql_int(due->called_off ? 1 : 0)}; /* then the row says what it was */
    enum bw_status status = BW_OK;
    if (due->kind == BW_TOLD_CERTIFICATE) { /* may be a guest's, of another session */
        values[1] = bw_sql_int(due->now.session_no);
        values[2] = values[3];
        status = bw_central_number(run->writer.office->central,
            "SELECT count(*) FROM registration r JOIN session s ON s.session_no = $2"
            " WHERE r.code = $1 AND s.starts_ms = $3 AND s.called_off_ms = 0",
            values, 3, 0, &count, err);
    } else if (!due->gone) {
        status = bw_central_number(run->writer.office->central,
            "SELECT count(*) FROM registration r"
            " JOIN session s ON s.session_no = r.session_no WHERE r.code = $1"
            " AND (r.status = $2 OR $6 = 1) AND r.generation = $3 AND s.starts_ms = $4"
            " AND s.venue = $5",
            values, 6, 0, &count, err);
    }
    if (status == BW_OK && count > 0 && !due->gone) {
        return still_reached(run, due, ret_true, err);
    }
    *ret_true = count > 0;
    return status;
}

static enum bw_status
note(struct send_run *run, const struct bw_told_due *due,
    const struct bw_mailing_names *names, bool *ret_noted, int64_t *ret_told_no,
    struct bw_error *err)
{
    const struct bw_office *office = run->writer.office;
    struct bw_told_said said = {.due = due,
        .way = BW_TOLD_BY_SMTP,
        .message_id = names->message_id,
        .entry = names->entry,
        .on_its_way = true};
    bool noted = false;
    enum bw_status status = bw_central_begin_step(office->central, err);
    if (status == BW_OK) { /* C8: it stays true until it is noted */
        status =
            bw_central_hold_sessions(office->central, &due->now.session_no, 1, true, err);
    }
    if (status == BW_OK) {
        status = still_true(run, due, &noted, err);
    }
    if (status == BW_OK && noted && run->mailing_no == 0) {
        status = bw_told_new_mailing(office->central, &run->mailing_no, err);
    }
    if (status == BW_OK && noted) {
        status = bw_told_note(office, run->mailing_no, &said, ret_told_no, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    *ret_noted = noted;
    return status;
}

static enum bw_status
compose(struct send_run *run, const struct bw_told_due *due,
    const struct bw_mailing_names *names, char **ret_mail, size_t *ret_length,
    struct bw_error *err)
{
    FILE *out = open_memstream(ret_mail, ret_length);
    if (out == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing a mail: no memory");
    }
    enum bw_status status = bw_mailing_compose(&run->writer, due, names, false, out, err);
    if (fclose(out) != 0 && status == BW_OK) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "writing a mail: no memory");
    }
    return status;
}

static bool
refused_add(struct send_run *run, const struct bw_told_due *due, const char *why)
{
    struct bw_mailing *result = run->result;
    struct bw_mailing_refused *refused = bw_array_more(&result->refused,
        &result->refused_count, &result->refused_capacity, sizeof *refused);
    if (refused != NULL) {
        refused->code = due->code;
        bw_text_copy(refused->mail, sizeof refused->mail, due->now.mail);
        bw_text_copy(refused->why, sizeof refused->why, why);
    }
    return refused != NULL;
}

/* What the server said, into the log. Of one that may have gone before nothing is known
 * better by a refusal. */
static enum bw_status
settle(struct send_run *run, const struct bw_told_due *due, int64_t told_no,
    enum bw_smtp_outcome outcome, struct bw_error *err)
{
    bool taken = outcome == BW_SMTP_TAKEN;
    bool known = taken || (outcome != BW_SMTP_UNSURE && !due->unsure);
    run->result->unsure += !known;
    run->result->told[due->kind] += taken;
    run->result->count += taken;
    run->failures = taken || outcome == BW_SMTP_REFUSED ? 0 : run->failures + 1;
    return known ? bw_told_settle(
                       run->writer.office, due->now.session_no, told_no, taken, err)
                 : BW_OK;
}

/* One person, at most FAILURES_MAX times. *ret_go tells whether the run goes on; where it
 * doesn't, result->stopped says why. */
static enum bw_status
send_one(struct send_run *run, const struct bw_told_due *due, bool *ret_go,
    struct bw_error *err)
{
    struct bw_mailing_names names;
    struct bw_error why = {.status = BW_OK};
    char *mail = NULL;
    size_t length = 0;
    int64_t told_no = 0;
    bool noted = false;
    enum bw_smtp_outcome outcome = BW_SMTP_LATER;
    bw_mailing_name(&run->writer, due, &names);
    enum bw_status status = compose(run, due, &names, &mail, &length, err);
    if (status == BW_OK) {
        status = note(run, due, &names, &noted, &told_no, err);
    }
    for (int tries = 0; status == BW_OK && noted && outcome == BW_SMTP_LATER &&
                        tries < FAILURES_MAX && wait_turn(run);
         tries++) {
        outcome = bw_smtp_send(
            run->smtp, run->writer.sender.mail, due->now.mail, mail, length, &why);
    }
    free(mail);
    if (status == BW_OK && noted) {
        status = settle(run, due, told_no, outcome, err);
    }
    if (status == BW_OK && outcome == BW_SMTP_REFUSED &&
        !refused_add(run, due, why.text)) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "sending mail: no memory");
    }
    *ret_go = !noted || outcome == BW_SMTP_TAKEN || outcome == BW_SMTP_REFUSED ||
              (outcome == BW_SMTP_UNSURE && run->failures < FAILURES_MAX);
    if (!*ret_go) {
        run->result->stopped = why;
    }
    return status;
}

/* ---- all ---- */

static enum bw_status
send_all(struct send_run *run, struct bw_error *err)
{
    struct bw_progress *progress = run->writer.office->progress;
    enum bw_status status = BW_OK;
    bool go = true;
    for (size_t i = 0; status == BW_OK && go && i < run->list.count; i++) {
        const struct bw_told_due *due = &run->list.due[i];
        if (due->hindrance == BW_TOLD_NO_HINDRANCE) {
            status = send_one(run, due, &go, err);
        }
        bw_progress_step(progress, "mails", (int64_t)i + 1, (int64_t)run->list.count);
    }
    bw_progress_end(progress);
    run->result->left = (int64_t)run->list.count - run->result->hindered -
                        run->result->written - run->result->count -
                        (int64_t)run->result->refused_count - run->result->unsure;
    if (status != BW_OK && run->result->count > 0) { /* some were told: no failure */
        run->result->stopped = *err;
        status = BW_OK;
    }
    return status;
}

static enum bw_status
open_run(struct send_run *run, const struct bw_office *office,
    const struct bw_mailing_scope *scope, const struct bw_smtp_settings *settings,
    struct bw_error *err)
{
    enum bw_status status = bw_practice_no_mail(office->central, err); /* PZ3 */
    if (status == BW_OK) {
        status = bw_central_take_turn(office->central, err); /* TM2 */
    }
    if (status == BW_OK) {
        status = bw_mailing_writer_read(office, &run->writer, err);
    }
    if (status == BW_OK && run->writer.sender.mail[0] == '\0') {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "sending mail: whose is it? give --mail-from ADDRESS, once");
    }
    if (status == BW_OK) {
        status = bw_mailing_read(office, scope, &run->list, err);
    }
    return status == BW_OK ? bw_smtp_create(settings, &run->smtp, err) : status;
}

enum bw_status
bw_mailing_send(const struct bw_office *office, const struct bw_mailing_scope *scope,
    const struct bw_smtp_settings *settings, int64_t a_minute,
    struct bw_mailing *ret_mailing, struct bw_error *err)
{
    struct bw_mailing result = {.count = 0};
    struct send_run run = {.result = &result, .gap_ms = MINUTE_MS / a_minute};
    enum bw_status status = open_run(&run, office, scope, settings, err);
    if (status == BW_OK) {
        result.hindered = run.list.hindered;
        result.written = run.list.written;
        status = send_all(&run, err);
        result.mailing_no = run.mailing_no;
    }
    bw_smtp_destroy(run.smtp);
    bw_mailing_writer_finish(&run.writer);
    bw_told_list_finish(&run.list);
    if (status != BW_OK) {
        bw_mailing_finish(&result);
        return status;
    }
    *ret_mailing = result;
    return BW_OK;
}
