/* Settings files that `setup` changes, whatever stands in them: what it sets is what the
 * kiosk then reads, by inih, and nothing else became another. */
#include "fuzz.h"

#include "app/setup/ini_text.h"

#include <brugwachter/core.h>
#include <ini.h>
#include <stdbool.h>
#include <string.h>

enum { LINE_BYTES_MAX = 190 /* inih's are 200; what is longer it cuts in two */ };

/* The first value of a name in [kiosk], as the kiosk takes it; and all others. */
struct seen {
    const char *name;
    bool found;
    char value[LINE_BYTES_MAX + 1];
    unsigned others; /* a sum of them, in their order */
};

static void
add_up(const char *text, unsigned *sum)
{
    for (; *text != '\0'; text++) {
        *sum = *sum * 31 + (unsigned char)*text;
    }
    *sum = *sum * 31;
}

static int
on_setting(void *context, const char *section, const char *name, const char *value)
{
    struct seen *seen = context;
    bool ours = strcmp(section, "kiosk") == 0 && strcmp(name, seen->name) == 0;
    if (ours && !seen->found) {
        seen->found = true;
        (void)snprintf(seen->value, sizeof seen->value, "%s", value);
    }
    if (!ours) {
        add_up(section, &seen->others);
        add_up(name, &seen->others);
        add_up(value, &seen->others);
    }
    return 1;
}

/* False where inih has something against the file, or would cut one of its lines. */
static bool
look(const struct bw_ini_text *ini, const char *name, struct seen *ret_seen)
{
    *ret_seen = (struct seen){.name = name};
    size_t length = 0;
    for (size_t i = 0; i < ini->count; i++) {
        length = ini->bytes[i] == '\n' ? 0 : length + 1;
        if (ini->bytes[i] == '\0' || length > LINE_BYTES_MAX) {
            return false;
        }
    }
    char *text = malloc(ini->count + 1);
    FUZZ_CHECK(text != NULL);
    if (ini->count > 0) {
        memcpy(text, ini->bytes, ini->count);
    }
    text[ini->count] = '\0';
    bool fine = ini_parse_string(text, on_setting, ret_seen) == 0;
    free(text);
    return fine;
}

static void
check_set(struct bw_ini_text *ini, const char *name, const char *value)
{
    struct seen before, after;
    struct bw_error err;
    char got[BW_INI_VALUE_BYTES];
    bool fine = look(ini, name, &before);
    if (fine && strlen(before.value) < BW_INI_VALUE_BYTES) {
        bool found = bw_ini_text_get(ini, "kiosk", name, got);
        FUZZ_CHECK(found == before.found);
        FUZZ_CHECK(!found || strcmp(got, before.value) == 0);
    }
    FUZZ_CHECK(bw_ini_text_set(ini, "kiosk", name, value, &err) == BW_OK);
    FUZZ_CHECK(
        bw_ini_text_get(ini, "kiosk", name, got) == (value != NULL) || value == NULL);
    if (value != NULL) {
        FUZZ_CHECK(strcmp(got, value) == 0);
    }
    if (fine && look(ini, name, &after)) {
        FUZZ_CHECK(after.found == (value != NULL));
        FUZZ_CHECK(value == NULL || strcmp(after.value, value) == 0);
        FUZZ_CHECK(after.others == before.others);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct bw_ini_text ini = {.bytes = malloc(length + 1), .count = length};
    FUZZ_CHECK(ini.bytes != NULL);
    memcpy(ini.bytes, bytes, length);
    check_set(&ini, "camera", "v4l2:/dev/video0");
    check_set(&ini, "language", "nl");
    check_set(&ini, "camera", NULL);
    bw_ini_text_finish(&ini);
    return 0;
}
