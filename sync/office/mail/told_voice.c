/* Who was told by phone or in person: see told.h. One thread. */
#include "office/mail/told.h"

#include <brugwachter/said.h>

static bool
is_meant(const struct bw_told_voice *voice, bw_code code)
{
    bool meant = voice->codes_count == 0;
    for (size_t i = 0; !meant && i < voice->codes_count; i++) {
        meant = voice->codes[i] == code;
    }
    return meant;
}

static bool
is_due(const struct bw_told_list *list, bw_code code)
{
    bool due = false;
    for (size_t i = 0; !due && i < list->count; i++) {
        due = list->due[i].code == code;
    }
    return due;
}

/* Nobody is noted where one of them isn't due: a name may have been the wrong one. */
static enum bw_status
check_due(const struct bw_told_voice *voice, const struct bw_told_list *list,
    struct bw_error *err)
{
    const char *where = bw_said("mail --check lists who is to be told");
    if (list->count == 0) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "noting who was told: they heard how things are already; %s", where);
    }
    for (size_t i = 0; i < voice->codes_count; i++) {
        if (!is_due(list, voice->codes[i])) {
            char shown[BW_CODE_SHOWN_BYTES];
            bw_code_format_shown(voice->codes[i], shown);
            return bw_error_set(err, BW_NOT_FOUND, 0,
                "noting who was told, of %s: they heard how things are already, and "
                "nobody was noted; %s",
                shown, where);
        }
    }
    return BW_OK;
}

/* TM1. No mail went: somebody's calendar entry stays as it was. */
static enum bw_status
note_all(const struct bw_office *office, const struct bw_told_voice *voice,
    const struct bw_told_list *list, struct bw_error *err)
{
    int64_t mailing_no = 0, told_no = 0;
    enum bw_status status = bw_told_new_mailing(office->central, &mailing_no, err);
    for (size_t i = 0; status == BW_OK && i < list->count; i++) {
        const struct bw_told_due *due = &list->due[i];
        const struct bw_told_said said = {
            .due = due, .way = BW_TOLD_BY_VOICE, .message_id = "", .entry = due->entry};
        if (is_meant(voice, due->code)) {
            status = bw_told_note(office, mailing_no, &said, &told_no, err);
        }
    }
    return status;
}

enum bw_status
bw_told_by_voice(const struct bw_office *office, const struct bw_told_voice *voice,
    bw_told_noted *each, void *context, struct bw_error *err)
{
    struct bw_told_list list = {.due = NULL};
    enum bw_status status = bw_central_take_turn(office->central, err); /* TM2 */
    if (status == BW_OK) {
        status =
            bw_told_read(office, voice->session_code, voice->series_code, &list, err);
    }
    if (status == BW_OK) {
        status = check_due(voice, &list, err);
    }
    if (status == BW_OK) {
        status = bw_central_begin_step(office->central, err);
    }
    if (status == BW_OK) {
        status = note_all(office, voice, &list, err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(office->central, err);
    }
    bw_central_rollback(office->central);
    for (size_t i = 0; status == BW_OK && i < list.count; i++) {
        if (is_meant(voice, list.due[i].code)) {
            each(&list.due[i], context);
        }
    }
    bw_told_list_finish(&list);
    return status;
}
