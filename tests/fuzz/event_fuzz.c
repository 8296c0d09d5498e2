/* Events from outside: what is read is written again as the same bytes, for its hash
 * stands in a chain; and everything in it has a name. */
#include "fuzz.h"

#include <brugwachter/event.h>

#include <string.h>

static void
check_number(struct bw_event_id id)
{
    char text[BW_EVENT_ID_BYTES + 1] = "#";
    struct bw_event_id read;
    bw_event_id_format(id, text + 1);
    FUZZ_CHECK(bw_event_id_parse(text, &read));
    FUZZ_CHECK(read.device == id.device && read.seq == id.seq);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_error err = {0};
    struct bw_event event;
    uint8_t again[BW_EVENT_WIRE_BYTES_MAX];
    uint8_t hash[BW_HASH_BYTES];
    if (bw_event_decode(bytes, length, &event, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    FUZZ_CHECK(bw_event_encode(&event, again) == length);
    FUZZ_CHECK(memcmp(bytes, again, length) == 0);
    bw_event_hash(&event, hash);
    FUZZ_CHECK(memcmp(hash, event.hash, sizeof hash) == 0);
    FUZZ_CHECK(bw_event_compare(&event, &event) == 0);
    FUZZ_CHECK(bw_event_kind_name(event.kind) != NULL);
    FUZZ_CHECK(bw_basis_name(event.basis) != NULL);
    FUZZ_CHECK(bw_operator_name(event.operated_by) != NULL);
    FUZZ_CHECK(bw_verdict_name(event.verdict) != NULL);
    check_number(event.id);
    for (int i = 0; i < event.refs_count; i++) {
        check_number(event.refs[i]);
    }
    return 0;
}
