/* Lines of the door's pipe: whatever they hold, they are a command or an error. */
#include "fuzz.h"

#include "app/door/line.h"
#include "app/door/line_reader.h"

#include <stdlib.h>
#include <string.h>

static struct bw_zone *zone;

#define CHECK_ENDS(text) FUZZ_CHECK(memchr((text), '\0', sizeof(text)) != NULL)

static void
check_newcomer(const struct bw_command_newcomer *newcomer)
{
    CHECK_ENDS(newcomer->person.first_name);
    CHECK_ENDS(newcomer->person.name);
    CHECK_ENDS(newcomer->person.school);
    CHECK_ENDS(newcomer->person.region);
    CHECK_ENDS(newcomer->reason);
    CHECK_ENDS(newcomer->text);
}

static void
check(const struct bw_command *command)
{
    FUZZ_CHECK(command->operated_by == BW_OPERATOR_DOOR);
    switch ((int)command->kind) {
    case BW_COMMAND_SCAN:
        CHECK_ENDS(command->scan.text);
        break;
    case BW_COMMAND_GUEST:
        CHECK_ENDS(command->guest.text);
        CHECK_ENDS(command->guest.reason);
        break;
    case BW_COMMAND_SEARCH:
        CHECK_ENDS(command->search.text);
        break;
    case BW_COMMAND_WAITLIST:
        CHECK_ENDS(command->waitlist.reason);
        break;
    case BW_COMMAND_OVERRIDE:
        CHECK_ENDS(command->override.who.reason);
        CHECK_ENDS(command->override.text);
        break;
    case BW_COMMAND_WALK_IN:
        check_newcomer(&command->walk_in);
        break;
    case BW_COMMAND_QUEUE:
        check_newcomer(&command->queue);
        break;
    case BW_COMMAND_SUBSTITUTE:
        check_newcomer(&command->substitute);
        break;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (zone == NULL && bw_zone_open(BW_ZONE_DEFAULT, &zone, NULL) != BW_OK) {
        abort();
    }
    if (length >= BW_DOOR_LINE_BYTES) {
        return 0;
    }
    char *line = fuzz_text(bytes, length);
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
