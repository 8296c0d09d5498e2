/* An introduction into the central database: see merge_letter.h. What it changes isn't
 * its kiosk's row alone, so it takes its turn with all who write. */
#include "exchange/letter/introduction.h"
#include "exchange/office/merge/introduction_in.h"
#include "exchange/office/merge/merge_letter.h"

#include <string.h>

static void
introduction_tell(const struct bw_arriving *arriving,
    const struct bw_introduction *introduction, enum bw_introduction_outcome outcome)
{
    struct bw_round_summary *summary = arriving->merge->summary;
    const struct bw_kiosk_record *kiosk = &arriving->kiosk;
    char words[BW_CHECK_WORDS_BYTES];
    bw_letter_check_words(
        introduction->own.sign, introduction->own.box, introduction->store_id, words);
    switch (outcome) {
    case BW_INTRODUCTION_TAKEN:
        summary->introduced++;
        bw_round_note(summary, "Kiosk %u introduced itself; its check words are \"%s\".",
            kiosk->device, words);
        break;
    case BW_INTRODUCTION_WAITS:
        summary->waiting++;
        bw_round_note(summary,
            "Kiosk %u was introduced a second time, with the words \"%s\"; its letters "
            "wait until kiosks accept %u.",
            kiosk->device, words, kiosk->device);
        break;
    case BW_INTRODUCTION_AGAIN:
        bw_round_note(summary,
            "Kiosk %u was enrolled again as %u; it "
            "keeps its number, its store and its log.",
            kiosk->replaces, kiosk->device);
        break;
    case BW_INTRODUCTION_KNOWN:
        break;
    }
}

static enum bw_status
introduction_take(struct bw_arriving *arriving, const char *content, size_t content_bytes,
    struct bw_error *err)
{
    struct bw_introduction introduction;
    enum bw_introduction_outcome outcome;
    enum bw_status status =
        bw_introduction_read(&arriving->head, content, content_bytes, &introduction, err);
    if (status == BW_OK) {
        status = bw_introduction_take(arriving->merge->central, &arriving->kiosk,
            &introduction, arriving->now_ms, &outcome, err);
    }
    if (status == BW_OK) {
        introduction_tell(arriving, &introduction, outcome);
    }
    return status;
}

/* As of now, under the lock: a key may have come in force, or have been replaced, since
 * the letter was looked at. */
static enum bw_status
writer_renew(struct bw_arriving *arriving, struct bw_error *err)
{
    uint8_t opened_with[BW_PUBLIC_KEY_BYTES];
    bool known = false;
    memcpy(opened_with, arriving->trusted, sizeof opened_with);
    enum bw_status status = bw_kiosk_record_read(
        arriving->merge->central, arriving->head.writer, &arriving->kiosk, err);
    if (status == BW_OK) {
        status = bw_arriving_signer(arriving, &known, err);
    }
    if (status == BW_OK &&
        (!known || memcmp(opened_with, arriving->trusted, sizeof opened_with) != 0)) {
        status = bw_error_set(err, BW_BUSY, 0,
            "the keys of kiosk %u changed meanwhile; do it again", arriving->head.writer);
    }
    return status;
}

/* XM1: all of it in one transaction, the note that it was taken included. */
static enum bw_status
content_take(struct bw_arriving *arriving, const char *content, size_t content_bytes,
    struct bw_error *err)
{
    struct bw_central *central = arriving->merge->central;
    enum bw_status status = bw_central_begin_step(central, err);
    if (status == BW_OK) {
        status = bw_central_hold_kiosk(central, arriving->head.writer, err);
    }
    if (status == BW_OK) {
        status = writer_renew(arriving, err);
    }
    if (status == BW_OK) {
        status = introduction_take(arriving, content, content_bytes, err);
    }
    if (status == BW_OK) {
        status = bw_arriving_note(arriving, BW_MERGE_STATE_TAKEN, "", err);
    }
    if (status == BW_OK) {
        status = bw_central_commit(central, err);
    }
    bw_central_rollback(central);
    return status;
}

enum bw_status
bw_merge_introduction(struct bw_arriving *arriving, struct bw_error *err)
{
    struct bw_letter_head head;
    char *content = NULL;
    size_t content_bytes = 0;
    enum bw_status status = bw_letter_open(arriving->item->letter,
        arriving->item->letter_bytes, arriving->trusted, arriving->merge->office, &head,
        &content, &content_bytes, err);
    if (status == BW_OK) {
        arriving->head = head;
        status = content_take(arriving, content, content_bytes, err);
    }
    bw_letter_content_free(content, content_bytes);
    return status;
}
