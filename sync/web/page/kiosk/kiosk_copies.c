/* Which of two goes on: see kiosk_copies.h. */
#include "web/page/kiosk/kiosk_copies.h"

#include "central/fork.h"
#include "central/records.h"
#include "office/find.h"
#include "web/page/part/people.h"
#include "web/page/part/picture.h"

#include <string.h>

/* What happened, in words; "" for what has none. */
static json_t *
what_of(const struct bw_web_visit *visit, const struct bw_event *event)
{
    static const char *const keys[] = {[BW_EVENT_ARRIVED] = "event.arrived",
        [BW_EVENT_REFUSED] = "event.refused",
        [BW_EVENT_WAITING] = "event.waiting",
        [BW_EVENT_UNDONE] = "event.undone",
        [BW_EVENT_LEFT] = "event.left"};
    size_t kind = (size_t)event->kind;
    const char *key = kind < sizeof keys / sizeof keys[0] ? keys[kind] : NULL;
    return key != NULL ? bw_web_sentence(visit, key) : json_string("");
}

static json_t *
who_of(const struct bw_web_visit *visit, const struct bw_event *event)
{
    struct bw_office_registration whose;
    bool known = event->code != BW_CODE_NONE &&
                 bw_office_registration_of(
                     visit->desk->office.central, event->code, &whose, NULL) == BW_OK;
    return known ? bw_web_name(whose.roster.person.first_name, whose.roster.person.name)
                 : json_string("");
}

static json_t *
copy_row(
    const struct bw_web_visit *visit, const struct bw_fork_copy *copy, uint32_t device)
{
    json_t *row = json_object();
    bw_web_set(&row, "copy", json_string(copy->name));
    bw_web_set(&row, "device", json_integer(device));
    bw_web_set(&row, "title",
        bw_web_filled(visit, "z.copy",
            json_pack("{s:I, s:I}", "n", (json_int_t)copy->last.id.seq, "m",
                (json_int_t)copy->from_seq)));
    bw_web_set(&row, "when", bw_web_kiosk_when(visit, copy->last.wall_ms));
    bw_web_set(&row, "what", what_of(visit, &copy->last));
    bw_web_set(&row, "who", who_of(visit, &copy->last));
    bw_web_set(&row, "follows", json_boolean(copy->followed));
    return row;
}

/* Of what is decided on, which copies there are and which one is followed: at a door each
 * letter brings a copy its next event, and that changes nothing of the choice. "" where
 * there are no two to choose from. */
static enum bw_status
copies_digest(
    const struct bw_fork *fork, char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    ret_digest[0] = '\0';
    if (!bw_fork_waits(fork)) {
        return BW_OK;
    }
    json_t *seen = json_array();
    for (int i = 0; i < fork->count; i++) {
        const struct bw_fork_copy *copy = &fork->copies[i];
        bw_web_add(&seen,
            json_pack("{s:s, s:b}", "copy", copy->name, "follows", (int)copy->followed));
    }
    enum bw_status status = bw_web_picture_digest(seen, ret_digest, err);
    json_decref(seen);
    return status;
}

enum bw_status
bw_web_kiosk_copies_add(const struct bw_web_visit *visit, const struct bw_web_kiosk *one,
    json_t **inout_list, struct bw_error *err)
{
    struct bw_fork fork;
    char digest[BW_WEB_KEY_BYTES];
    uint32_t device = one->kiosk->record.device;
    enum bw_status status = bw_fork_read(visit->desk->office.central, device, &fork, err);
    if (status == BW_OK) {
        status = copies_digest(&fork, digest, err);
    }
    if (status != BW_OK || digest[0] == '\0') {
        return status;
    }
    json_t *row = json_object(), *copies = json_array();
    for (int i = 0; i < fork.count; i++) {
        bw_web_add(&copies, copy_row(visit, &fork.copies[i], device));
    }
    bw_web_set(&row, "heading",
        bw_web_filled(visit, "z.choose",
            json_pack("{s:o}", "name", bw_web_text(one->kiosk->record.name))));
    bw_web_set(&row, "number", json_integer(device));
    bw_web_set(&row, "picture", json_string(digest));
    bw_web_set(&row, "copies", copies);
    bw_web_add(inout_list, row);
    return BW_OK;
}

enum bw_status
bw_web_kiosk_copies_digest(const struct bw_web_visit *visit, uint32_t device,
    char ret_digest[BW_WEB_KEY_BYTES], struct bw_error *err)
{
    struct bw_fork fork;
    enum bw_status status = bw_fork_read(visit->desk->office.central, device, &fork, err);
    return status == BW_OK ? copies_digest(&fork, ret_digest, err) : status;
}
