/* Lines of the door's pipe: whatever they hold, they are a command or an error. */
#include "fuzz.h"

#include "app/line.h"

#include <stdlib.h>
#include <string.h>

static struct bw_zone *zone;

static void
check(const struct bw_command *command)
{
    FUZZ_CHECK(command->operator== BW_OPERATOR_DOOR);
    FUZZ_CHECK(memchr(command->text, '\0', sizeof command->text) != NULL);
    FUZZ_CHECK(memchr(command->first_name, '\0', sizeof command->first_name) != NULL);
    FUZZ_CHECK(memchr(command->name, '\0', sizeof command->name) != NULL);
    FUZZ_CHECK(memchr(command->school, '\0', sizeof command->school) != NULL);
    FUZZ_CHECK(memchr(command->region, '\0', sizeof command->region) != NULL);
    FUZZ_CHECK(memchr(command->reason, '\0', sizeof command->reason) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (zone == NULL && bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) != BW_OK) {
        abort();
    }
    if (length >= BW_LINE_BYTES) {
        return 0;
    }
    char *line = malloc(length + 1); /* exact, so that reading past it is seen */
    FUZZ_CHECK(line != NULL);
    memcpy(line, bytes, length);
    line[length] = '\0';
    struct bw_command command;
    struct bw_error err = {0};
    if (bw_line_parse(line, length, zone, &command, &err) == BW_OK) {
        check(&command);
    } else {
        FUZZ_CHECK(err.text[0] != '\0');
    }
    free(line);
    return 0;
}
