/* Roster files: any bytes as a file and as a letter. What is taken keeps to the limits
 * that the store was given. */
#include "fuzz.h"
#include "sealed_file.h"

#include "exchange/roster.h"

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
    FUZZ_CHECK(strlen(registration->person.school) < sizeof registration->person.school);
    return BW_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_roster1_sink sink = bw_roster1_sink_nowhere();
    struct bw_roster1_head head;
    struct bw_roster1_counts counts;
    struct bw_error err = {.text = ""};
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    sink.session = on_session;
    sink.registration = on_registration;
    fuzz_check_envelope(BW_ENVELOPE_ROSTER, bytes, length);
    if (bw_roster1_of_letter(bytes, length, &sink, &head, &counts, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    fuzz_check_letter(BW_ENVELOPE_ROSTER, bytes, length);
    FUZZ_CHECK(head.device > 0 && head.keyring.count <= BW_KEYS_MAX);
    return 0;
}
