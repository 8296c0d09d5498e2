/* What a roster letter with a valid signature holds: any bytes. What is taken keeps to
 * the limits that the store was given. */
#include "fuzz.h"

#include "exchange/letter/roster.h"

#include <brugwachter/core.h>
#include <string.h>

static enum bw_status
on_session(void *context, const struct bw_session *session, struct bw_error *err)
{
    (void)context, (void)err;
    FUZZ_CHECK(session->session_no > 0 && session->ends_ms >= session->starts_ms);
    FUZZ_CHECK(session->capacity >= 0 && session->capacity <= BW_CAPACITY_MAX);
    FUZZ_CHECK(strlen(session->title) < sizeof session->title);
    return BW_OK;
}

static enum bw_status
on_registration(
    void *context, const struct bw_registration *registration, struct bw_error *err)
{
    (void)context, (void)err;
    FUZZ_CHECK(registration->code >> 40 == 0);
    FUZZ_CHECK(bw_registration_status_name(registration->status) != NULL);
    return BW_OK;
}

static enum bw_status
on_event(void *context, const struct bw_event *event,
    const struct bw_event_details *details, struct bw_error *err)
{
    (void)context, (void)err;
    uint8_t commitment[BW_HASH_BYTES];
    if (details) {
        bw_details_commit(details, commitment);
        FUZZ_CHECK(memcmp(commitment, event->commitment, sizeof commitment) == 0);
    }
    return BW_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_roster_sink sink = {
        .session = on_session, .registration = on_registration, .event = on_event};
    struct bw_letter_head head = {.kind = BW_LETTER_ROSTER,
        .addressee = 3,
        .session_no = 7,
        .epoch = 1,
        .from = 4,
        .to = 12,
        .part = 1,
        .parts = 1};
    struct bw_roster_letter letter;
    struct bw_roster_counts counts;
    struct bw_error err = {.text = ""};
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    if (bw_roster_read(&head, bytes, length, &sink, &letter, &counts, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    FUZZ_CHECK(letter.settings.keyring.count <= BW_KEYS_MAX);
    FUZZ_CHECK(letter.settings.sessions_count <= BW_SESSIONS_OWN_MAX);
    return 0;
}
