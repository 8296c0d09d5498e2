/* What a box of names holds (whoever can write to the file can seal one): what is read
 * fits its rooms and is text, and nothing is touched where it can't be a person's. */
#include "fuzz.h"

#include "core/store/names/names.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct bw_person before = {.region = "Noord"};
    struct bw_person person = before;
    uint8_t again[NAMES_PERSON_BYTES_MAX];
    if (length > NAMES_PERSON_BYTES_MAX) {
        return 0; /* a longer box isn't opened */
    }
    if (!bw_store_names_decode(bytes, length, &person)) {
        FUZZ_CHECK(memcmp(&person, &before, sizeof person) == 0);
        return 0;
    }
    FUZZ_CHECK(strlen(person.name) < sizeof person.name);
    FUZZ_CHECK(strlen(person.school) < sizeof person.school);
    FUZZ_CHECK(strcmp(person.region, "Noord") == 0);
    struct bw_person read = before;
    length = bw_store_names_encode(&person, again);
    FUZZ_CHECK(bw_store_names_decode(again, length, &read));
    FUZZ_CHECK(memcmp(&read, &person, sizeof read) == 0);
    return 0;
}
