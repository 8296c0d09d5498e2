/* Enrolments, from a file or a scanned code: what is taken keeps to its limits, is
 * signed, and written back it is read as the same. */
#include "fuzz.h"

#include "exchange/letter/enrolment.h"

#include <brugwachter/core.h>
#include <string.h>

static void
check_limits(const struct bw_enrolment_file *file)
{
    const struct bw_enrolment *enrolment = &file->enrolment;
    FUZZ_CHECK(enrolment->device > 0 && enrolment->pin_hash[0] == '\0');
    FUZZ_CHECK(enrolment->sessions_count > 0);
    FUZZ_CHECK(enrolment->sessions_count <= BW_SESSIONS_OWN_MAX);
    FUZZ_CHECK(enrolment->keyring.count > 0 && enrolment->keyring.count <= BW_KEYS_MAX);
    FUZZ_CHECK(file->carriers.count >= 0 && file->carriers.count <= BW_CARRIERS_MAX);
    for (int i = 0; i < enrolment->sessions_count; i++) {
        FUZZ_CHECK(enrolment->sessions[i][0] != '\0');
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct bw_enrolment_file file, again;
    struct bw_error err = {.text = ""};
    char *text = NULL;
    FUZZ_CHECK(bw_core_init(NULL) == BW_OK);
    if (bw_enrolment_file_read(bytes, length, &file, &err) != BW_OK) {
        FUZZ_CHECK(err.text[0] != '\0');
        return 0;
    }
    check_limits(&file);
    /* escapes may make it longer than a file may be: that alone is refused */
    if (bw_enrolment_file_write(&file, &text, &err) != BW_OK) {
        FUZZ_CHECK(err.status == BW_FULL);
        return 0;
    }
    FUZZ_CHECK(bw_enrolment_file_read(text, strlen(text), &again, &err) == BW_OK);
    FUZZ_CHECK(memcmp(&file, &again, sizeof file) == 0);
    bw_enrolment_text_free(text);
    return 0;
}
