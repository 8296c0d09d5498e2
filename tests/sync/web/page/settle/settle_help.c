/* What Uitzoeken is tried on: see settle_help.h. */
#include "tests/sync/web/page/settle/settle_help.h"

#include "tests/sync/testing.h"

#include <stdio.h>
#include <string.h>

void
settling_open(struct settling *settling, const char *uri)
{
    *settling = (struct settling){.front = {.device = 0}};
    if (uri != NULL) {
        office_open_at(&settling->office, uri, 3, false);
    } else {
        office_open(&settling->office, 3, false);
    }
    people_sign_up(&settling->office, 3);
    kiosk_open(&settling->front, &settling->office, "Balie", "S-1");
    kiosk_open(&settling->side, &settling->office, "Zij-ingang", "S-1");
    desk_open(&settling->desk, &settling->office);
    desk_enter(&settling->desk);
    desk_open(&settling->colleague, &settling->office);
    desk_enter(&settling->colleague);
}

void
settling_close(struct settling *settling)
{
    desk_close(&settling->desk);
    desk_close(&settling->colleague);
    kiosk_finish(&settling->front);
    kiosk_finish(&settling->side);
    office_finish(&settling->office);
}

void
settling_push(struct settling *settling)
{
    struct kiosk *kiosks[] = {&settling->front, &settling->side};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            kiosk_run(kiosks[i], "push", "--clock", KIOSK_AFTER, NULL), BW_EXIT_DONE);
    }
    (void)office_run(&settling->office, "status", "--clock", KIOSK_AFTER, NULL);
}

static const char *
shown_of(const struct kiosk *kiosk, uint64_t seq)
{
    static char text[BW_EVENT_ID_BYTES];
    bw_event_id_format((struct bw_event_id){kiosk->device, seq}, text);
    return text;
}

const char *
settling_double_entry(struct settling *settling)
{
    bw_code code = people_code(&settling->office, 0);
    (void)kiosk_arrived(&settling->front, code);
    uint64_t seq = kiosk_arrived(&settling->side, code);
    settling_push(settling);
    return shown_of(&settling->side, seq);
}

const char *
settling_walk_in(struct settling *settling)
{
    (void)kiosk_arrived(&settling->front, people_code(&settling->office, 1));
    uint64_t seq = kiosk_walk_in(&settling->side, "Piet", "P1");
    settling_push(settling);
    return shown_of(&settling->side, seq);
}

void
settling_look(struct browser *desk, const char *decision, char ret_form[300])
{
    assert_int_equal(desk_get(desk, "/uitzoeken"), 200);
    (void)snprintf(ret_form, 300, "waarom=gebeld&besluit=%s&beeld=%s", decision,
        desk_field(desk, "beeld"));
}
