/* The roster down: see link.h. */
#include "exchange/link.h"

#include <string.h>

static bool
on_registration(const struct bw_registration *registration, void *context)
{
    (void)registration;
    ++*(int64_t *)context;
    return true;
}

struct walk {
    struct bw_link *link;
    int64_t sessions, registrations;
    uint32_t own[BW_SESSIONS_OWN_MAX];
    int own_count;
};

static bool
on_session(const struct bw_session *session, void *context)
{
    struct walk *walk = context;
    walk->sessions++;
    const struct bw_enrolment *enrolment = bw_store_enrolment(walk->link->store);
    for (int i = 0; i < enrolment->sessions_count; i++) {
        if (strcmp(enrolment->sessions[i], session->code) == 0 &&
            walk->own_count < BW_SESSIONS_OWN_MAX) {
            walk->own[walk->own_count++] = session->session_no;
        }
    }
    return true;
}

enum bw_status
bw_link_counts(struct bw_link *link, struct bw_pulled *ret_pulled, struct bw_error *err)
{
    struct walk walk = {.link = link};
    int64_t revision = 0, registrations = 0, restored = 0;
    enum bw_status status = bw_store_sessions(link->store, on_session, &walk, err);
    for (int i = 0; status == BW_OK && i < walk.own_count; i++) {
        status = bw_store_roster(link->store, walk.own[i], BW_ROSTER_BY_SIGN_UP,
            on_registration, &registrations, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(
            link->store, BW_NUMBER_ROSTER_REVISION, 0, &revision, err);
    }
    if (status == BW_OK) {
        status = bw_store_get_number(link->store, BW_NUMBER_RESTORED, 0, &restored, err);
    }
    if (status == BW_OK) {
        ret_pulled->restored = restored != 0;
        ret_pulled->revision = revision;
        ret_pulled->registrations = registrations;
        ret_pulled->sessions = walk.sessions;
    }
    return status;
}

/* The office likes to know; that it can't be told is no reason to fail. */
static void
contact_tell(struct bw_link *link, int64_t revision)
{
    struct bw_error ignored;
    struct bw_sql_value values[] = {bw_sql_int(link->device),
        bw_sql_int(bw_call_now_ms(link->call)), bw_sql_int(revision)};
    if (bw_central_begin(link->central, &ignored) == BW_OK) {
        if (bw_central_run(link->central,
                "UPDATE device SET last_contact_ms = $2, pulled_revision = $3"
                " WHERE device = $1",
                values, 3, NULL, NULL, &ignored) == BW_OK) {
            (void)!bw_central_commit(link->central, &ignored);
        }
        bw_central_rollback(link->central);
    }
}

static enum bw_status
pull(struct bw_link *link, struct bw_error *err)
{
    struct bw_roster1_to_store to = {.store = link->store};
    struct bw_roster1_sink sink = bw_roster1_sink_store(&to);
    struct bw_roster1_head head;
    struct bw_roster1_counts counts;
    int64_t since = 0;
    int64_t now_ms = bw_call_now_ms(link->call);
    enum bw_status status =
        bw_store_get_number(link->store, BW_NUMBER_ROSTER_REVISION, 0, &since, err);
    if (status == BW_OK) {
        status = bw_roster1_of_central(
            link->central, link->device, since, now_ms, &sink, &head, &counts, err);
        if (status != BW_OK) {
            bw_store_update_rollback(link->store);
        }
    }
    if (status == BW_OK) {
        status = bw_link_heed(link, &head, err);
    }
    if (status == BW_OK) {
        status = bw_store_set_server_time(link->store, now_ms, &link->call->clock, err);
    }
    if (status == BW_OK) {
        status = bw_store_set_number(link->store, BW_NUMBER_CONTACT_MS, now_ms, err);
    }
    if (status == BW_OK) {
        contact_tell(link, head.revision);
    }
    return status;
}

enum bw_status
bw_link_pull(struct bw_link *link, struct bw_pulled *ret_pulled, struct bw_error *err)
{
    struct bw_pulled pulled = {.online = link->central != NULL};
    if (pulled.online) {
        struct bw_error why = {.text = ""};
        enum bw_status status = pull(link, &why);
        if (bw_link_is_offline(status)) {
            pulled.online = false;
            (void)bw_link_lost(link, &why);
        } else if (status != BW_OK) {
            return bw_error_set(err, status, why.os_errno, "%s", why.text);
        }
    }
    enum bw_status status = bw_link_counts(link, &pulled, err);
    if (status == BW_OK) {
        *ret_pulled = pulled;
    }
    return status;
}
