/* Letters into the central database: see merge.h. */
#include "exchange/office/merge/merge.h"

#include "exchange/office/merge/merge_letter.h"

#include <brugwachter/said.h>
#include <stdlib.h>

/* Letters on their way in: events are gathered, up to BW_MERGE_TOGETHER; what else comes
 * goes after those that came before it. */
struct gathering {
    struct bw_merge *merge;
    struct bw_arriving *room; /* BW_MERGE_TOGETHER */
    size_t count;
};

static enum bw_status
gathered_take(struct gathering *gathering, struct bw_error *err)
{
    struct bw_arriving *arriving[BW_MERGE_TOGETHER];
    size_t count = gathering->count;
    for (size_t i = 0; i < count; i++) {
        arriving[i] = &gathering->room[i];
    }
    gathering->count = 0;
    enum bw_status status = count > 0 ? bw_merge_group(arriving, count, err) : BW_OK;
    return status == BW_OK
               ? BW_OK
               : bw_error_prefix(err, status, "taking %s in",
                     count == 1 ? arriving[0]->item->name : bw_said("letters"));
}

/* ---- introductions ---- */

static enum bw_status
introduction_look(struct bw_arriving *arriving, bool *ret_stays, struct bw_error *err)
{
    bool passed = false, found = false;
    *ret_stays = false;
    enum bw_status status =
        bw_arriving_before(arriving->merge->central, &arriving, 1, err);
    if (status == BW_OK) {
        status = bw_arriving_pass(arriving, &passed, err);
    }
    if (status != BW_OK || passed) {
        return status;
    }
    status = bw_kiosk_record_read_all(arriving->merge->central, &arriving->head.writer, 1,
        &arriving->kiosk, &found, err);
    return status == BW_OK ? bw_arriving_look(arriving, found, ret_stays, err) : status;
}

static enum bw_status
introduction_take(struct bw_arriving *arriving, struct bw_error *err)
{
    struct bw_error why = {.text = ""};
    bool stays = false;
    enum bw_status status = introduction_look(arriving, &stays, &why);
    if (status == BW_OK && stays) {
        status = bw_merge_introduction(arriving, &why);
        if (status == BW_OK) {
            status = bw_arriving_taken(arriving, &why);
        }
    }
    if (bw_arriving_is_fault(status)) {
        return bw_arriving_refuse(arriving, &why, err);
    }
    return status == BW_OK ? BW_OK
                           : bw_error_set(err, status, why.os_errno, "taking %s in: %s",
                                 arriving->item->name, why.text);
}

/* ---- the whole ---- */

static enum bw_status
item_take(struct gathering *gathering, struct bw_merge_item *item, struct bw_error *err)
{
    struct bw_merge *merge = gathering->merge;
    struct bw_error why = {.text = ""};
    struct bw_arriving *arriving = &gathering->room[gathering->count];
    *arriving = (struct bw_arriving){
        .merge = merge, .item = item, .now_ms = merge->clock->wall_ms(merge->clock)};
    merge->summary->looked_at++;
    enum bw_status status = bw_arriving_head(arriving, &why);
    if (status != BW_OK) {
        status = bw_arriving_refuse(arriving, &why, err);
        return status == BW_OK ? BW_OK
                               : bw_error_prefix(err, status, "taking %s in", item->name);
    }
    switch (arriving->head.kind) {
    case BW_LETTER_ROSTER:
        merge->summary->passed++;
        item->outcome = BW_MERGE_PASSED; /* the office's own */
        return BW_OK;
    case BW_LETTER_EVENTS:
        gathering->count++;
        return gathering->count == BW_MERGE_TOGETHER ? gathered_take(gathering, err)
                                                     : BW_OK;
    case BW_LETTER_INTRODUCTION:
        break;
    }
    struct bw_arriving introduction = *arriving; /* its room is the gathered ones' */
    status = gathered_take(gathering, err);
    return status == BW_OK ? introduction_take(&introduction, err) : status;
}

enum bw_status
bw_merge_letters(struct bw_merge *merge, struct bw_merge_item *items, size_t count,
    struct bw_error *err)
{
    size_t room = count < BW_MERGE_TOGETHER ? count : BW_MERGE_TOGETHER;
    struct gathering gathering = {
        .merge = merge, .room = calloc(room + 1, sizeof *gathering.room)};
    if (!gathering.room) {
        return bw_error_set(err, BW_NO_MEMORY, 0,
            "taking letters in: out of memory; close other programs");
    }
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < count; i++) {
        status = item_take(&gathering, &items[i], err);
    }
    if (status == BW_OK) {
        status = gathered_take(&gathering, err);
    }
    free(gathering.room);
    return status;
}

enum bw_status
bw_merge_letter(struct bw_merge *merge, const char *name, const unsigned char *letter,
    size_t letter_bytes, enum bw_merge_outcome *ret_outcome, struct bw_error *err)
{
    struct bw_merge_item item = {
        .name = name, .letter = letter, .letter_bytes = letter_bytes};
    enum bw_status status = bw_merge_letters(merge, &item, 1, err);
    if (status == BW_OK) {
        *ret_outcome = item.outcome;
    }
    return status;
}
