/* Uitzoeken: introductions that wait for the organiser's word, and letters that were set
 * aside: settle.h. The first are taken as on Zuilen; the second are tried again by
 * themselves for as long as they lie there. */
#include "web/page/settle/settle.h"

#include "central/pending.h"
#include "exchange/office/fleet.h"

#include <brugwachter/said.h>
#include <inttypes.h>
#include <stdio.h>

/* As `kiosks` has it. */
static void
key_of(int64_t device, char ret_key[BW_LABEL_BYTES])
{
    (void)snprintf(ret_key, BW_LABEL_BYTES, "%" PRId64, device);
}

static bool
on_kiosk(const struct bw_fleet_kiosk *kiosk, void *context)
{
    struct bw_web_settling *s = context;
    char key[BW_LABEL_BYTES];
    key_of(kiosk->record.device, key);
    bw_web_set(&s->kiosks, key, bw_web_text(kiosk->record.name));
    for (int i = 0; i < kiosk->waiting_count; i++) {
        bw_web_add(&s->introductions,
            json_pack("{s:o, s:I, s:s}", "name", bw_web_text(kiosk->record.name),
                "number", (json_int_t)kiosk->record.device, "words",
                kiosk->waiting[i].words));
    }
    return s->kiosks != NULL;
}

json_t *
bw_web_settle_kiosk(const struct bw_web_settling *settling, int64_t device)
{
    char key[BW_LABEL_BYTES];
    key_of(device, key);
    json_t *name = json_object_get(settling->kiosks, key);
    return name != NULL ? json_incref(name)
                        : bw_web_filled(settling->visit, "u.kiosk",
                              json_pack("{s:I}", "device", (json_int_t)device));
}

static void
add_letter(struct bw_web_settling *s, const struct bw_pending_letter *letter)
{
    const struct bw_web_visit *visit = s->visit;
    char key[BW_LABEL_BYTES];
    key_of(letter->device, key);
    json_t *row = json_object();
    const json_t *name = json_object_get(s->kiosks, key);
    bw_web_set(&row, "letter", bw_web_text(letter->name));
    bw_web_set(&row, "number", json_integer(letter->device));
    bw_web_set(&row, "kiosk",
        name != NULL ? json_string(json_string_value(name)) : json_string("–"));
    bw_web_set(&row, "enrolled", json_boolean(name != NULL));
    bw_web_set(&row, "when",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_SHORT, letter->aside_ms));
    bw_web_set(&row, "why", bw_web_text(bw_said(letter->why)));
    bw_web_add(&s->letters, row);
}

enum bw_status
bw_web_settle_letters(struct bw_web_settling *settling, struct bw_error *err)
{
    const struct bw_office *office = &settling->visit->desk->office;
    struct bw_pending pending = {.letters = NULL};
    enum bw_status status = bw_fleet_list(office->central, on_kiosk, settling, err);
    if (status == BW_OK) {
        status =
            bw_pending_read(office->central, bw_office_now_ms(office), &pending, err);
    }
    for (size_t i = 0; status == BW_OK && i < pending.letters_count; i++) {
        add_letter(settling, &pending.letters[i]);
    }
    bw_pending_finish(&pending);
    return status;
}
