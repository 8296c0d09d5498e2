/* Memory that ends, at every allocation there is: a folder; a kiosk's push, pull, export
 * and enrol-device; the office's pack, merge from a stick, and settle. What fails says so
 * and leaves nothing half; the next try works. (office/fault_test.c has the office's
 * rounds, revoke and enrol; letter/memory_test.c letters.)
 *
 * Of the longer ones not every allocation is struck each time:
 * BW_STRIKE_ALL=1 strikes all. */
#include "tests/sync/exchange/failing_memory.h"
#include "tests/sync/exchange/mail.h"
#include "tests/sync/testing.h"

#include "exchange/kiosk/enrol_device.h"
#include "office/step_quarantine.h"

#include <brugwachter/core.h>
#include <brugwachter/store_letter.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct mail mail;

/* ---- a folder ---- */

static bool
on_letter(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)name, (void)parsed, (void)bytes;
    ++*(int *)context;
    return true;
}

static enum bw_status
folder_use(struct bw_error *err)
{
    struct bw_carrier *carrier = NULL;
    struct bw_carrier_owner owner = {.sign_secret = mail.desk.post.office.sign_secret};
    unsigned char *bytes = NULL;
    char uri[MAIL_PATH_BYTES + 8], name[BW_LETTER_NAME_BYTES];
    size_t length = 0;
    int count = 0;
    struct bw_letter_name parsed = {BW_LETTER_EVENTS, 3, 1, 9, 0};
    memcpy(owner.sign_public, mail.desk.post.office.sign_public, BW_PUBLIC_KEY_BYTES);
    memcpy(owner.central_id, mail.desk.post.central_id, BW_CENTRAL_ID_BYTES);
    bw_letter_name_format(&parsed, name);
    (void)snprintf(uri, sizeof uri, "folder:%s/other", mail.desk.office.folder);
    enum bw_status status =
        bw_carrier_open(uri, BW_CARRIER_OFFICE, &owner, &carrier, err);
    if (status == BW_OK) {
        status = bw_carrier_put(carrier, name, "letter", 6, NULL, err);
    }
    if (status == BW_OK) {
        status = bw_carrier_list(carrier, on_letter, &count, err);
    }
    if (status == BW_OK) {
        assert_int_equal(count, 1);
        status = bw_carrier_get(carrier, name, 100, &bytes, &length, err);
    }
    if (status == BW_OK) {
        assert_int_equal(length, 6);
        status = bw_carrier_remove(carrier, name, err);
    }
    free(bytes);
    bw_carrier_close(carrier);
    return status;
}

static void
folder(void **state)
{
    (void)state;
    failing_memory_try(&(struct memory_trial){.work = folder_use, .stride = 1});
}

/* ---- a kiosk ---- */

enum { EVENTS = 4 };

static enum bw_status
with_exchange(enum bw_status (*work)(struct bw_kiosk_exchange *, struct bw_error *),
    struct bw_error *err)
{
    struct bw_kiosk_exchange exchange;
    struct kiosk *kiosk = &mail.kiosks[0];
    enum bw_status status =
        bw_kiosk_exchange_open(kiosk->path, &kiosk->clock, NULL, &exchange, err);
    if (status == BW_OK) {
        bw_kiosk_exchange_reach(&exchange, ~0U);
        status = work(&exchange, err);
        bw_kiosk_exchange_close(&exchange);
    }
    return status;
}

static enum bw_status
push_it(struct bw_kiosk_exchange *exchange, struct bw_error *err)
{
    struct bw_kiosk_pushed pushed;
    return bw_kiosk_push(exchange, &pushed, err);
}

static enum bw_status
push(struct bw_error *err)
{
    return with_exchange(push_it, err);
}

static enum bw_status
pull_it(struct bw_kiosk_exchange *exchange, struct bw_error *err)
{
    struct bw_kiosk_pulled pulled;
    return bw_kiosk_pull(exchange, &pulled, err);
}

static enum bw_status
pull(struct bw_error *err)
{
    return with_exchange(pull_it, err);
}

static enum bw_status
export_it(struct bw_kiosk_exchange *exchange, struct bw_error *err)
{
    struct bw_kiosk_pushed pushed;
    int files = 0;
    char path[PATH_MAX];
    return bw_kiosk_export(exchange, mail.folders[2], &pushed, &files, path, err);
}

static enum bw_status export(struct bw_error *err) {
    return with_exchange(export_it, err);
}

static void
put_back(void)
{
    mail_put_back(&mail);
}

/* All of the first kiosk's events are at the office, once, and nothing is set aside. */
static void
check_all_came(void)
{
    assert_int_equal(desk_number(&mail.desk, "SELECT count(*) FROM event"), EVENTS);
    assert_int_equal(desk_number(&mail.desk, "SELECT count(*) FROM event_details"), 1);
    assert_int_equal(
        desk_number(&mail.desk, "SELECT count(*) FROM letter_in WHERE state <> 0"), 0);
}

static void
check_pushed(void)
{
    mail_in(&mail);
    check_all_came();
}

static void
check_exported(void)
{
    mail_merge_stick(&mail);
    check_all_came();
}

static void
check_pulled(void)
{
    int64_t acknowledged = 0;
    struct bw_store_held held;
    struct bw_store *store = kiosk_store(&mail.kiosks[0], BW_STORE_READ);
    struct bw_credentials credentials;
    assert_int_equal(
        bw_store_get_number(store, BW_NUMBER_ACKNOWLEDGED, 0, &acknowledged, NULL),
        BW_OK);
    assert_int_equal(bw_store_held(store, 1, &held, NULL), BW_OK);
    assert_int_equal(held.revision,
        desk_number(&mail.desk, "SELECT max(to_revision) FROM letter_out WHERE"
                                " device = 1"));
    bw_store_close(store);
    assert_int_equal(acknowledged, EVENTS);
    assert_int_equal(bw_credentials_load(mail.kiosks[0].path, &credentials, NULL), BW_OK);
    assert_true(credentials.introduced && !credentials.has_first);
    bw_credentials_finish(&credentials);
}

/* The first kiosk has something to say. */
static void
kiosk_world(void)
{
    for (int i = 0; i < EVENTS - 1; i++) {
        (void)kiosk_arrived(&mail.kiosks[0], mail.people[i]);
    }
    (void)kiosk_walk_in(&mail.kiosks[0], "Inez", "Loper");
    mail_keep(&mail);
}

static void
kiosks_push(void **state)
{
    (void)state;
    kiosk_world();
    failing_memory_try(&(struct memory_trial){push, put_back, check_pushed, 601});
}

static void
kiosks_export(void **state)
{
    (void)state;
    kiosk_world();
    failing_memory_try(&(struct memory_trial){export, put_back, check_exported, 601});
}

static void
kiosks_pull(void **state)
{
    struct bw_kiosk_pushed pushed;
    (void)state;
    kiosk_world();
    mail_push(&mail, 0, &pushed);
    mail_in(&mail);
    mail_out(&mail);
    mail_keep(&mail);
    failing_memory_try(&(struct memory_trial){pull, put_back, check_pulled, 1201});
}

static char *enrolment; /* text */

static enum bw_status
enrol_device(struct bw_error *err)
{
    char path[MAIL_PATH_BYTES];
    struct bw_kiosk_enrolled enrolled;
    (void)snprintf(path, sizeof path, "%s/new.db", mail.desk.office.folder);
    return bw_kiosk_enrol_device(
        path, enrolment, strlen(enrolment), KIOSK_START_MS, &enrolled, err);
}

static void
check_enrolled(void)
{
    char path[MAIL_PATH_BYTES];
    struct bw_credentials credentials;
    struct bw_store *store = NULL;
    (void)snprintf(path, sizeof path, "%s/new.db", mail.desk.office.folder);
    assert_int_equal(bw_credentials_load(path, &credentials, NULL), BW_OK);
    assert_int_equal(bw_store_open(path, BW_STORE_READ, &store, NULL), BW_OK);
    assert_int_equal(credentials.device, bw_store_enrolment(store)->device);
    bw_store_close(store);
    bw_credentials_finish(&credentials);
}

static void
kiosks_enrol_device(void **state)
{
    (void)state;
    char path[600];
    unsigned char text[4096] = "";
    (void)snprintf(path, sizeof path, "%s.enrolment", mail.kiosks[2].path);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(text, 1, sizeof text - 1, file) > 0);
    (void)fclose(file);
    enrolment = (char *)text;
    enrolment[strcspn(enrolment, "\n")] = '\0';
    mail_keep(&mail);
    failing_memory_try(
        &(struct memory_trial){enrol_device, put_back, check_enrolled, 83});
}

/* ---- the office ---- */

static enum bw_status
pack(struct bw_error *err)
{
    struct bw_round_summary summary = {0};
    enum bw_status status =
        bw_round_pack(&mail.desk.post, 0, mail.folders[2], true, &summary, NULL, err);
    bw_round_summary_finish(&summary);
    return status;
}

static void
check_packed(void)
{
    struct bw_registration found;
    mail_pull_stick(&mail, 2); /* the one that hasn't had a roster yet */
    struct bw_store *store = kiosk_store(&mail.kiosks[2], BW_STORE_READ);
    assert_int_equal(bw_store_registration(store, mail.people[3], &found, NULL), BW_OK);
    bw_store_close(store);
}

static void
office_packs(void **state)
{
    (void)state;
    mail_keep(&mail);
    failing_memory_try(&(struct memory_trial){pack, put_back, check_packed, 5003});
}

static enum bw_status
merge_stick(struct bw_error *err)
{
    struct bw_round_summary summary = {0};
    enum bw_status status =
        bw_round_stick(&mail.desk.post, mail.folders[2], &summary, err);
    bw_round_summary_finish(&summary);
    return status;
}

static void
office_merges_a_stick(void **state)
{
    (void)state;
    kiosk_world();
    mail_export(&mail, 0);
    mail_keep(&mail);
    failing_memory_try(
        &(struct memory_trial){merge_stick, put_back, check_all_came, 809});
}

static enum bw_status
settle(struct bw_error *err)
{
    struct bw_office office = {.central = mail.desk.central, .clock = mail.desk.clock};
    int64_t number = 1;
    return bw_step_quarantine_settle(&office, &number, 1, true, "it stood there", err);
}

static void
check_settled(void)
{
    assert_int_equal(
        desk_number(&mail.desk, "SELECT count(*) FROM event WHERE session_no = 2"), 1);
}

static void
office_settles(void **state)
{
    (void)state;
    struct bw_kiosk_pushed pushed;
    (void)kiosk_event(&mail.kiosks[0],
        (struct bw_event){.session_no = 2, /* that isn't its own */
            .kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_WALK_IN,
            .code = BW_CODE_NONE},
        NULL);
    mail_push(&mail, 0, &pushed);
    mail_in(&mail);
    assert_int_equal(desk_number(&mail.desk, "SELECT count(*) FROM quarantine"), 1);
    mail_keep(&mail);
    failing_memory_try(&(struct memory_trial){settle, put_back, check_settled, 83});
}

/* ---- */

static int
setup(void **state)
{
    (void)state;
    mail_seed(7);
    mail_open(&mail);
    mail_clock(&mail, KIOSK_START_MS);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    mail_close(&mail);
    return 0;
}

static int
install(void **state)
{
    (void)state;
    if (!failing_memory_install() || bw_core_init(NULL) != BW_OK) {
        return -1;
    }
    return 0;
}

int
main(void)
{
#define WITH_MAIL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_MAIL(folder),
        WITH_MAIL(kiosks_push),
        WITH_MAIL(kiosks_export),
        WITH_MAIL(kiosks_pull),
        WITH_MAIL(kiosks_enrol_device),
        WITH_MAIL(office_packs),
        WITH_MAIL(office_merges_a_stick),
        WITH_MAIL(office_settles),
    };
    if (access("/dev/shm", W_OK) == 0) {
        (void)setenv("TMPDIR", "/dev/shm", 0);
    }
    return cmocka_run_group_tests(tests, install, NULL);
}
