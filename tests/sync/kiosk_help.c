/* A kiosk for a test: see kiosk_help.h. */
#include "kiosk_help.h"

#include "testing.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 24 };

static int64_t
wall_ms(const struct bw_clock *clock)
{
    const struct kiosk *kiosk = clock->context;
    return kiosk->wall_ms;
}

static int64_t
mono_ms(const struct bw_clock *clock)
{
    const struct kiosk *kiosk = clock->context;
    return kiosk->mono_ms;
}

void
kiosk_enrol(
    struct kiosk *kiosk, struct office *office, const char *name, const char *sessions)
{
    static int number;
    char file[64];
    enum bw_exit result;
    *kiosk = (struct kiosk){.office = office, .wall_ms = KIOSK_START_MS};
    (void)snprintf(file, sizeof file, "kiosk-%d.json", ++number);
    char *enrolment = strdup(office_path(office, file));
    json_t *answer = office_json(office, &result, "enrol", "--session", sessions,
        "--name", name, "--out", enrolment, "--clock", KIOSK_BEFORE,
        office->carrier != NULL ? "--carrier" : NULL, office->carrier, NULL);
    assert_int_equal(result, BW_EXIT_DONE);
    kiosk->device = (uint32_t)json_number_of(answer, "device");
    json_decref(answer);
    (void)snprintf(
        kiosk->path, sizeof kiosk->path, "%s/kiosk-%d.db", office->folder, number);
    kiosk->clock =
        (struct bw_clock){.wall_ms = wall_ms, .mono_ms = mono_ms, .context = kiosk};
    assert_int_equal(kiosk_run(kiosk, "enrol-device", enrolment, NULL), BW_EXIT_DONE);
    free(enrolment);
}

void
kiosk_open(
    struct kiosk *kiosk, struct office *office, const char *name, const char *sessions)
{
    kiosk_enrol(kiosk, office, name, sessions);
    assert_int_equal(
        kiosk_run(kiosk, "pull", "--clock", KIOSK_BEFORE, NULL), BW_EXIT_DONE);
    kiosk->clock.context = kiosk;
}

void
kiosk_finish(struct kiosk *kiosk)
{
    free(kiosk->out);
    free(kiosk->diag);
    kiosk->out = kiosk->diag = NULL;
}

/* An enrolment expires with its last session: where a test says no time, the day is that
 * of its kiosks. */
static bool
needs_a_day(char *const *words, int count)
{
    bool found = false;
    for (int i = 0; i < count; i++) {
        found = found || strcmp(words[i], "enrol-device") == 0;
        if (strcmp(words[i], "--clock") == 0) {
            return false;
        }
    }
    return found;
}

static enum bw_exit
run_words(struct kiosk *kiosk, const char *first, va_list list)
{
    char *words[WORDS_MAX] = {(char *)(uintptr_t) "brugwachter-sync",
        (char *)(uintptr_t) "--store", kiosk->path};
    int count = 3;
    if (first) {
        words[count++] = (char *)(uintptr_t)first;
    }
    for (char *word; (word = va_arg(list, char *)) != NULL;) {
        assert_true(count < WORDS_MAX);
        words[count++] = word;
    }
    if (needs_a_day(words, count)) {
        assert_true(count + 2 <= WORDS_MAX);
        words[count++] = (char *)(uintptr_t) "--clock";
        words[count++] = (char *)(uintptr_t)KIOSK_BEFORE;
    }
    kiosk_finish(kiosk);
    FILE *out = open_memstream(&kiosk->out, &kiosk->out_bytes);
    FILE *diag = open_memstream(&kiosk->diag, &kiosk->diag_bytes);
    enum bw_exit result = bw_sync_main(&bw_sync_commands, count, words, out, diag);
    (void)fclose(out);
    (void)fclose(diag);
    return result;
}

enum bw_exit
kiosk_run(struct kiosk *kiosk, ...)
{
    va_list list;
    va_start(list, kiosk);
    enum bw_exit result = run_words(kiosk, NULL, list);
    va_end(list);
    return result;
}

json_t *
kiosk_json(struct kiosk *kiosk, enum bw_exit *ret_exit, ...)
{
    va_list list;
    va_start(list, ret_exit);
    *ret_exit = run_words(kiosk, "--json", list);
    va_end(list);
    return json_loads(kiosk->out, 0, NULL);
}

struct bw_store *
kiosk_store(const struct kiosk *kiosk, enum bw_store_mode mode)
{
    struct bw_store *store = NULL;
    struct bw_error err = {.text = ""};
    if (bw_store_open(kiosk->path, mode, &store, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    return store;
}

bool
kiosk_holds(const struct kiosk *kiosk, const char *text)
{
    char command[1200];
    (void)snprintf(command, sizeof command,
        "cat '%s' '%s-wal' 2>/dev/null | grep -aq '%s'", kiosk->path, kiosk->path, text);
    return system(command) == 0;
}

uint64_t
kiosk_event(
    struct kiosk *kiosk, struct bw_event event, const struct bw_event_details *details)
{
    struct bw_error err = {.text = ""};
    struct bw_event_details copy;
    struct bw_store *store = kiosk_store(kiosk, BW_STORE_KIOSK);
    kiosk->wall_ms += 1000;
    kiosk->mono_ms += 1000;
    if (details) {
        copy = *details;
    }
    if (event.session_no == 0) {
        event.session_no = 1;
    }
    event.operated_by = BW_OPERATOR_ATTENDEE;
    if (bw_store_append(store, &kiosk->clock, &event, details ? &copy : NULL, &err) !=
        BW_OK) {
        fail_msg("%s", err.text);
    }
    bw_store_close(store);
    return event.id.seq;
}

uint64_t
kiosk_arrived(struct kiosk *kiosk, bw_code code)
{
    return kiosk_event(kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_TICKET,
            .verdict = BW_VERDICT_WELCOME,
            .home_session_no = 1,
            .code = code},
        NULL);
}

uint64_t
kiosk_walk_in(struct kiosk *kiosk, const char *first_name, const char *name)
{
    struct bw_event_details details = {
        .person.school = "OBS De Brug", .person.region = "Oost"};
    (void)snprintf(
        details.person.first_name, sizeof details.person.first_name, "%s", first_name);
    (void)snprintf(details.person.name, sizeof details.person.name, "%s", name);
    return kiosk_event(kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_WALK_IN,
            .verdict = BW_VERDICT_WELCOME,
            .code = BW_CODE_NONE},
        &details);
}

uint64_t
kiosk_walk_in_elsewhere(struct kiosk *kiosk, uint32_t session_no, const char *first_name)
{
    struct bw_event_details details = {.person = {.name = "Zwart"}};
    (void)snprintf(
        details.person.first_name, sizeof details.person.first_name, "%s", first_name);
    return kiosk_event(kiosk,
        (struct bw_event){.session_no = session_no,
            .kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_WALK_IN,
            .verdict = BW_VERDICT_WELCOME,
            .code = BW_CODE_NONE},
        &details);
}

void
people_sign_up(struct office *office, int count)
{
    size_t capacity = (size_t)count * 160 + 200, used = 0;
    char *csv = malloc(capacity);
    assert_non_null(csv);
    used += (size_t)snprintf(csv, capacity,
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n");
    for (int i = 0; i < count; i++) {
        used += (size_t)snprintf(csv + used, capacity - used,
            "2025-02-10 %02d:%02d:%02d,p%d@voorbeeld.example,Piet,P%d,OBS De Brug,"
            "Brugfunctionaris,Oost\n",
            8 + i / 3600, i / 60 % 60, i % 60, i, i);
    }
    const char *path = office_write(office, "sign-ups.csv", csv);
    free(csv);
    enum bw_exit result =
        office_run(office, "import", "registrations", path, "--session", "S-1", NULL);
    if (result != BW_EXIT_DONE) {
        fail_msg("%s%s", office->out, office->diag);
    }
}

bw_code
people_code(const struct office *office, int number)
{
    char sql[120];
    (void)snprintf(sql, sizeof sql,
        "SELECT code FROM registration WHERE name = 'P%d' AND session_no = 1", number);
    return (bw_code)office_number(office, sql);
}

static int
on_entry(const char *path, const struct stat *facts, int kind, struct FTW *walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

void
folder_remove(const char *path)
{
    (void)nftw(path, on_entry, 16, FTW_DEPTH | FTW_PHYS);
}
