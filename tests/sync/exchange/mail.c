/* See mail.h. */
#include "tests/sync/exchange/mail.h"

#include "core/desk/desk.h"
#include "tests/sync/testing.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- numbers ---- */

static uint64_t random_state;

/* splitmix64, Steele et al. 2014 */
static uint64_t
next_random(void)
{
    uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static const char *
random_name(void)
{
    return "seeded";
}

static uint32_t
random_number(void)
{
    return (uint32_t)next_random();
}

static void
random_bytes(void *const bytes, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ((uint8_t *)bytes)[i] = (uint8_t)next_random();
    }
}

static struct randombytes_implementation seeded = {
    .implementation_name = random_name, .random = random_number, .buf = random_bytes};

void
mail_seed(uint64_t seed)
{
    random_state = seed;
    (void)randombytes_set_implementation(&seeded);
}

int
mail_pick(int below)
{
    return (int)(next_random() % (uint64_t)below);
}

/* ---- making ---- */

static void
must(enum bw_status status, const struct bw_error *err)
{
    if (status != BW_OK) {
        fail_msg("%s", err->text);
    }
}

static void
sign_up_guests(struct mail *mail)
{
    struct office *office = &mail->desk.office;
    const char *path = office_write(office, "guests.csv",
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n"
        "2025-02-11 08:00:00,g0@voorbeeld.example,Gea,G0,Elders,Brugfunctionaris,Noord\n"
        "2025-02-11 08:00:01,g1@voorbeeld.example,Gea,G1,Elders,Brugfunctionaris,Noord\n"
        "2025-02-11 08:00:02,g2@voorbeeld.example,Gea,G2,Elders,Brugfunctionaris,"
        "Noord\n");
    assert_int_equal(office_run(office, "import", "registrations", path, "--session",
                         "S-2", "--clock", KIOSK_BEFORE, NULL),
        BW_EXIT_DONE);
    for (int i = 0; i < MAIL_GUESTS; i++) {
        char sql[100];
        (void)snprintf(
            sql, sizeof sql, "SELECT code FROM registration WHERE name = 'G%d'", i);
        mail->guests[i] = (bw_code)office_number(office, sql);
    }
}

static int64_t
door_wall_ms(const struct bw_clock *clock)
{
    return ((const struct kiosk *)clock->context)->wall_ms;
}

static int64_t
door_mono_ms(const struct bw_clock *clock)
{
    return ((const struct kiosk *)clock->context)->mono_ms;
}

static void
enrol(struct mail *mail, int number)
{
    struct office *office = &mail->desk.office;
    struct kiosk *kiosk = &mail->kiosks[number];
    char file[MAIL_PATH_BYTES], uris[MAIL_CARRIERS][MAIL_PATH_BYTES + 8], name[32];
    enum bw_exit result;
    *kiosk = (struct kiosk){.office = office};
    kiosk->clock = (struct bw_clock){
        .wall_ms = door_wall_ms, .mono_ms = door_mono_ms, .context = kiosk};
    (void)snprintf(name, sizeof name, "kiosk-%d.db", number);
    (void)snprintf(kiosk->path, sizeof kiosk->path, "%s", office_path(office, name));
    (void)snprintf(file, sizeof file, "%s.enrolment", office_path(office, name));
    for (int i = 0; i < MAIL_CARRIERS; i++) {
        (void)snprintf(uris[i], sizeof uris[i], "folder:%s", mail->folders[i]);
    }
    (void)snprintf(name, sizeof name, "Deur %d", number + 1);
    json_t *answer = office_json(office, &result, "enrol", "--session",
        number < MAIL_OWN ? "S-1" : "S-2", "--name", name, "--out", file, "--carrier",
        uris[0], "--carrier", uris[1], "--clock", KIOSK_BEFORE, NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", office->out, office->diag);
    }
    kiosk->device = (uint32_t)json_number_of(answer, "device");
    json_decref(answer);
    assert_int_equal(kiosk_run(kiosk, "enrol-device", file, NULL), BW_EXIT_DONE);
    if (number != MAIL_OWN - 1) {
        assert_int_equal(
            kiosk_run(kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    }
}

void
mail_open(struct mail *mail)
{
    *mail = (struct mail){.last = {0}};
    desk_open(&mail->desk, 9);
    desk_second_session(&mail->desk);
    const char *folder = mail->desk.office.folder;
    (void)snprintf(
        mail->folders[0], sizeof mail->folders[0], "%s/central.db.letters", folder);
    (void)snprintf(mail->folders[1], sizeof mail->folders[1], "%s/share", folder);
    (void)snprintf(mail->folders[2], sizeof mail->folders[2], "%s/stick", folder);
    (void)snprintf(mail->limbo, sizeof mail->limbo, "%s/limbo", folder);
    (void)snprintf(mail->archive, sizeof mail->archive, "%s/archive", folder);
    assert_int_equal(mkdir(mail->folders[2], 0700), 0);
    assert_int_equal(mkdir(mail->limbo, 0700), 0);
    assert_int_equal(mkdir(mail->archive, 0700), 0);
    people_sign_up(&mail->desk.office, MAIL_PEOPLE);
    for (int i = 0; i < MAIL_PEOPLE; i++) {
        mail->people[i] = people_code(&mail->desk.office, i);
    }
    sign_up_guests(mail);
    for (int i = 0; i < MAIL_KIOSKS; i++) {
        enrol(mail, i);
    }
}

static void
shell(const struct mail *mail, const char *command)
{
    assert_int_equal(setenv("OFFICE", mail->desk.office.folder, 1), 0);
    assert_int_equal(system(command), 0);
}

static void
central_close(struct mail *mail)
{
    bw_exchange_post_finish(&mail->desk.post);
    bw_central_close(mail->desk.central);
    mail->desk.central = NULL;
}

static void
central_open(struct mail *mail)
{
    struct bw_error err;
    struct desk *desk = &mail->desk;
    must(bw_central_open(desk->office.uri, BW_CENTRAL_OPEN, &desk->central, &err), &err);
    must(bw_exchange_post_init(&desk->post, desk->central,
             bw_central_key_path(desk->central), &desk->clock, &err),
        &err);
}

void
mail_keep(struct mail *mail)
{
    central_close(mail);
    shell(mail, "rm -rf $OFFICE.kept && cp -a $OFFICE $OFFICE.kept");
    central_open(mail);
}

void
mail_put_back(struct mail *mail)
{
    central_close(mail);
    shell(mail, "rm -r $OFFICE && cp -a $OFFICE.kept $OFFICE");
    central_open(mail);
    mail->last = (struct bw_event_id){0};
}

void
mail_close(struct mail *mail)
{
    for (int i = 0; i < MAIL_KIOSKS; i++) {
        kiosk_finish(&mail->kiosks[i]);
    }
    shell(mail, "rm -rf $OFFICE.kept");
    desk_close(&mail->desk);
}

void
mail_clock(struct mail *mail, int64_t now_ms)
{
    mail->desk.now_ms = now_ms;
    for (int i = 0; i < MAIL_KIOSKS; i++) {
        mail->kiosks[i].wall_ms = now_ms + mail->skew_ms[i];
        mail->kiosks[i].mono_ms = now_ms - KIOSK_START_MS + 86400000;
    }
}

/* ---- the door ---- */

static void
ticket_text(struct mail *mail, bw_code code, char ret_text[BW_SCAN_BYTES])
{
    char sql[140];
    (void)snprintf(sql, sizeof sql,
        "SELECT text FROM ticket WHERE code = %lld ORDER BY generation DESC LIMIT 1",
        (long long)code);
    const char *text = office_text(&mail->desk.office, sql);
    (void)snprintf(ret_text, BW_SCAN_BYTES, "%.*s", (int)strcspn(text, "|"), text);
}

static void
newcomer_fill(struct bw_command_newcomer *newcomer)
{
    (void)snprintf(newcomer->person.first_name, sizeof newcomer->person.first_name,
        "Inez%d", mail_pick(1000));
    (void)snprintf(newcomer->person.name, sizeof newcomer->person.name, "Loper");
    (void)snprintf(newcomer->person.school, sizeof newcomer->person.school, "De Brug");
    (void)snprintf(newcomer->person.region, sizeof newcomer->person.region, "Oost");
    newcomer->audience = true;
}

/* One thing that somebody asks at a door; most of it is answered with yes. */
static void
command_make(struct mail *mail, int number, struct bw_command *command)
{
    static const enum bw_command_kind kinds[] = {BW_COMMAND_SCAN, BW_COMMAND_SCAN,
        BW_COMMAND_SCAN, BW_COMMAND_SCAN, BW_COMMAND_CODE, BW_COMMAND_WALK_IN,
        BW_COMMAND_WALK_IN, BW_COMMAND_UNDO, BW_COMMAND_UNDO, BW_COMMAND_LEAVE,
        BW_COMMAND_LEAVE, BW_COMMAND_WAITLIST, BW_COMMAND_WAITLIST, BW_COMMAND_GUEST,
        BW_COMMAND_QUEUE, BW_COMMAND_SUBSTITUTE, BW_COMMAND_OVERRIDE, BW_COMMAND_RELEASE};
    bool own = number < MAIL_OWN;
    bw_code code =
        own ? mail->people[mail_pick(MAIL_PEOPLE)] : mail->guests[mail_pick(MAIL_GUESTS)];
    bw_code guest =
        own ? mail->guests[mail_pick(MAIL_GUESTS)] : mail->people[mail_pick(MAIL_PEOPLE)];
    bw_command_init(command, kinds[mail_pick((int)(sizeof kinds / sizeof kinds[0]))]);
    command->operated_by = BW_OPERATOR_STAFF;
    struct bw_command_known known = {
        .code = code, .basis = BW_BASIS_CODE, .reason = "zo gevraagd"};
    switch ((int)command->kind) {
    case BW_COMMAND_SCAN:
        ticket_text(mail, code, command->scan.text);
        break;
    case BW_COMMAND_GUEST:
        ticket_text(mail, guest, command->guest.text);
        (void)snprintf(command->guest.reason, sizeof command->guest.reason, "plaats");
        break;
    case BW_COMMAND_CODE:
        command->code = known;
        break;
    case BW_COMMAND_WAITLIST:
        command->waitlist = known;
        break;
    case BW_COMMAND_UNDO:
    case BW_COMMAND_LEAVE:
        if (mail->last.device != 0 && own && mail_pick(2)) {
            known.code = BW_CODE_NONE;
            known.event = mail->last;
        }
        command->undo = known; /* leave is the same member */
        break;
    case BW_COMMAND_WALK_IN:
        newcomer_fill(&command->walk_in);
        (void)snprintf(command->walk_in.reason, sizeof command->walk_in.reason, "%s",
            mail_pick(2) ? "op verzoek" : "");
        break;
    case BW_COMMAND_QUEUE:
        newcomer_fill(&command->queue);
        break;
    case BW_COMMAND_SUBSTITUTE:
        newcomer_fill(&command->substitute);
        command->substitute.code = code;
        break;
    case BW_COMMAND_OVERRIDE:
        command->override.who = known;
        break;
    }
}

void
mail_door(struct mail *mail, int number)
{
    struct bw_error err;
    struct bw_desk *desk = NULL;
    struct kiosk *kiosk = &mail->kiosks[number];
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_KIOSK);
    must(bw_desk_create(store, &kiosk->clock, NULL, &desk, &err), &err);
    for (int i = mail_pick(4) + 1; i > 0; i--) {
        struct bw_command command;
        struct bw_answer answer;
        command_make(mail, number, &command);
        bw_desk_run(desk, &command, &answer);
        if (answer.kind == BW_ANSWER_ERROR && answer.failure.not_saved) {
            fail_msg("not saved: %s", answer.failure.error.text);
        }
        bool newcomer =
            command.kind == BW_COMMAND_WALK_IN || command.kind == BW_COMMAND_QUEUE;
        if (newcomer && number < MAIL_OWN && answer.event.device != 0) {
            mail->last = answer.event;
        }
        bw_answer_finish(&answer);
        kiosk->wall_ms += 700;
        kiosk->mono_ms += 700;
    }
    bw_desk_destroy(desk);
}

/* ---- the kiosks' half ---- */

static void
exchange_open(struct mail *mail, int number, struct bw_kiosk_exchange *exchange)
{
    struct bw_error err;
    struct kiosk *kiosk = &mail->kiosks[number];
    must(bw_kiosk_exchange_open(kiosk->path, &kiosk->clock, NULL, exchange, &err), &err);
    bw_kiosk_exchange_reach(exchange, ~0U);
}

void
mail_push(struct mail *mail, int number, struct bw_kiosk_pushed *ret_pushed)
{
    struct bw_error err;
    struct bw_kiosk_exchange exchange;
    exchange_open(mail, number, &exchange);
    must(bw_kiosk_push(&exchange, ret_pushed, &err), &err);
    bw_kiosk_exchange_close(&exchange);
}

void
mail_pull(struct mail *mail, int number, struct bw_kiosk_pulled *ret_pulled)
{
    struct bw_error err;
    struct bw_kiosk_exchange exchange;
    exchange_open(mail, number, &exchange);
    must(bw_kiosk_pull(&exchange, ret_pulled, &err), &err);
    bw_kiosk_exchange_close(&exchange);
}

void
mail_export(struct mail *mail, int number)
{
    struct bw_error err;
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pushed pushed;
    char path[PATH_MAX];
    int files = 0;
    exchange_open(mail, number, &exchange);
    must(bw_kiosk_export(&exchange, mail->folders[2], &pushed, &files, path, &err), &err);
    bw_kiosk_exchange_close(&exchange);
}

void
mail_pull_stick(struct mail *mail, int number)
{
    struct bw_error err;
    struct bw_kiosk_exchange exchange;
    struct bw_kiosk_pulled pulled;
    exchange_open(mail, number, &exchange);
    must(bw_kiosk_pull_from(&exchange, mail->folders[2], &pulled, &err), &err);
    bw_kiosk_exchange_close(&exchange);
}

/* ---- the office's ---- */

void
mail_in(struct mail *mail)
{
    struct bw_error err;
    struct bw_round_summary summary = {0};
    must(bw_round_in(&mail->desk.post, &summary, &err), &err);
    bw_round_summary_finish(&summary);
}

void
mail_out(struct mail *mail)
{
    struct bw_error err;
    struct bw_round_summary summary = {0};
    must(bw_round_out(&mail->desk.post, &summary, &err), &err);
    bw_round_summary_finish(&summary);
}

void
mail_merge_stick(struct mail *mail)
{
    struct bw_error err;
    struct bw_round_summary summary = {0};
    must(bw_round_stick(&mail->desk.post, mail->folders[2], &summary, &err), &err);
    bw_round_summary_finish(&summary);
}

void
mail_pack_stick(struct mail *mail)
{
    struct bw_error err;
    struct bw_round_summary summary = {0};
    must(bw_round_pack(&mail->desk.post, 0, mail->folders[2], mail_pick(2) != 0, &summary,
             NULL, &err),
        &err);
    bw_round_summary_finish(&summary);
}

void
mail_change(struct mail *mail)
{
    static const char *const verbs[] = {"cancel", "reissue", "promote"};
    char clock[40], code[BW_CODE_BYTES];
    struct tm parts;
    time_t seconds = (time_t)(mail->desk.now_ms / 1000);
    assert_non_null(gmtime_r(&seconds, &parts));
    (void)strftime(clock, sizeof clock, "%Y-%m-%dT%H:%M:%SZ", &parts);
    const char *verb = verbs[mail_pick((int)(sizeof verbs / sizeof verbs[0]))];
    bw_code_format(mail->people[mail_pick(MAIL_PEOPLE)], code);
    struct office *office = &mail->desk.office;
    enum bw_exit result =
        strcmp(verb, "promote") == 0
            ? office_run(office, verb, "--session", "S-1", "--clock", clock, NULL)
            : office_run(office, verb, code, "--clock", clock, NULL);
    if (result == BW_EXIT_USAGE) {
        fail_msg("%s", office->diag);
    }
}
