/* See day_help.h. */
#include "day_help.h"

#include "testing.h"

#include <stdlib.h>

int
day_setup(void **state)
{
    struct day *day = calloc(1, sizeof *day);
    office_open(&day->office, 3, false);
    people_sign_up(&day->office, 6); /* P0..P2 have a place, P3..P5 wait */
    kiosk_open(&day->kiosk, &day->office, "Balie", "S-1");
    (void)snprintf(day->folder, sizeof day->folder, "%s/report", day->office.folder);
    *state = day;
    return 0;
}

int
day_teardown(void **state)
{
    struct day *day = *state;
    kiosk_finish(&day->kiosk);
    kiosk_finish(&day->side);
    folder_remove(day->office.folder);
    free(day->office.out);
    free(day->office.diag);
    free(day);
    return 0;
}

uint64_t
day_four_come(struct day *day)
{
    struct bw_event_details details = {
        .person = {.first_name = "Fleur", .name = "van Dam", .school = "OBS De Brug"}};
    (void)kiosk_arrived(&day->kiosk, people_code(&day->office, 0));
    uint64_t second = kiosk_arrived(&day->kiosk, people_code(&day->office, 1));
    (void)kiosk_walk_in(&day->kiosk, "Jan", "de Boer");
    (void)kiosk_event(&day->kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = BW_BASIS_SUBSTITUTE,
            .verdict = BW_VERDICT_WELCOME,
            .code = people_code(&day->office, 2)},
        &details);
    return second;
}

void
day_push(struct kiosk *kiosk)
{
    assert_int_equal(
        kiosk_run(kiosk, "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
}

json_t *
day_report(struct day *day, enum bw_exit want)
{
    char path[300];
    enum bw_exit result = office_run(
        &day->office, "report", "--session", "S-1", "--out", day->folder, NULL);
    if (result != want) {
        fail_msg("%d: %s%s", (int)result, day->office.out, day->office.diag);
    }
    (void)snprintf(path, sizeof path, "%s/report.json", day->folder);
    json_t *root = json_load_file(path, 0, NULL);
    assert_non_null(root);
    return root;
}

json_t *
day_session(const json_t *root)
{
    return json_array_get(json_object_get(root, "sessions"), 0);
}

void
day_arrived(struct kiosk *kiosk, bw_code code, enum bw_basis basis)
{
    (void)kiosk_event(kiosk,
        (struct bw_event){.kind = BW_EVENT_ARRIVED,
            .basis = basis,
            .verdict = BW_VERDICT_WELCOME,
            .code = code},
        NULL);
}
