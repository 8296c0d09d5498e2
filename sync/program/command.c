/* Options and operands, read by one table: see command.h. */
#include "program/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct option_row {
    const char *name;
    const char *value; /* NULL for a switch */
    const char *help;
    bool global; /* every command takes it */
};

static const struct option_row rows[BW_OPTIONS] = {
    [BW_OPTION_CENTRAL] = {"central", "URI",
        "the central database: sqlite:PATH or postgresql://…", false},
    [BW_OPTION_STORE] = {"store", "FILE", "the store of this kiosk", false},
    [BW_OPTION_SESSION] = {"session", "S", "code of a session: GRO-2025-03-18", false},
    [BW_OPTION_SERIES] = {"series", "X", "code of a series", false},
    [BW_OPTION_OUT] = {"out", "PATH", "where the result is written", false},
    [BW_OPTION_NAME] = {"name", "NAME", "what the kiosk is called", false},
    [BW_OPTION_DEVICE] = {"device", "N", "number of the kiosk", false},
    [BW_OPTION_PIN_FILE] = {"pin-file", "F", "file with the staff PIN: 6 digits", false},
    [BW_OPTION_FROM] = {"from", "FILE", "a roster file that came by USB", false},
    [BW_OPTION_WHY] = {"why", "TEXT", "the reason; it stays in the office", false},
    [BW_OPTION_COUNT] = {"count", "N", "how many at most", false},
    [BW_OPTION_BEFORE] = {"before", "DATE", "sessions that ended before: 2025-09-01",
        false},
    [BW_OPTION_MAP] = {"map", "FIELD=HEADING",
        "reads FIELD from the column HEADING; may be repeated", false},
    [BW_OPTION_KEY_FILE] = {"key-file", "FILE",
        "the organiser's secret keys (PATH.key beside sqlite:PATH)", false},
    [BW_OPTION_ORGANISER] = {"organiser", "TEXT", "who organises, as screens show it",
        false},
    [BW_OPTION_PHONE] = {"phone", "TEXT", "number that screens tell people to call",
        false},
    [BW_OPTION_PRIVACY_URL] = {"privacy-url", "URL", "the privacy statement", false},
    [BW_OPTION_SETTINGS] = {"settings", "DIR",
        "folder of settings files (*.ini): /etc/brugwachter", true},
    [BW_OPTION_CLOCK] = {"clock", "TIME",
        "the wall clock at start: 2025-03-18T13:10:00 (for tests)", true},
    [BW_OPTION_JSON] = {"json", NULL, "the result for programs", true},
    [BW_OPTION_HELP] = {"help", NULL, "this help", true},
    [BW_OPTION_VERSION] = {"version", NULL, "the version", true},
};

const char *
bw_call_value(const struct bw_call *call, enum bw_option option)
{
    return call->values[option];
}

int64_t
bw_call_now_ms(const struct bw_call *call)
{
    return call->clock.wall_ms(&call->clock);
}

enum bw_exit
bw_call_usage(struct bw_error *err, const char *format, ...)
{
    char text[BW_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)bw_error_set(err, BW_BAD_INPUT, 0, "%s", text);
    return BW_EXIT_USAGE;
}

enum bw_exit
bw_exit_of(enum bw_status status)
{
    return status == BW_OK || status == BW_OFFLINE ? BW_EXIT_DONE : BW_EXIT_FAILED;
}

enum bw_status
bw_call_number(const struct bw_call *call, enum bw_option option, int64_t least,
    int64_t most, int64_t missing, int64_t *ret_value, struct bw_error *err)
{
    const char *text = call->values[option];
    if (text == NULL) {
        *ret_value = missing;
        return BW_OK;
    }
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    bool digits = text[0] == '-' || (text[0] >= '0' && text[0] <= '9');
    if (!digits || *end != '\0' || errno != 0 || value < least || value > most) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "--%s takes a whole number from %lld to %lld, not \"%s\"", rows[option].name,
            (long long)least, (long long)most, text);
    }
    *ret_value = value;
    return BW_OK;
}

static int
find_option(const char *name, size_t length)
{
    for (int i = 0; i < BW_OPTIONS; i++) {
        if (strlen(rows[i].name) == length && strncmp(rows[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

static const struct bw_command *
find_command(const char *name)
{
    for (int i = 0; bw_commands[i] != NULL; i++) {
        if (strcmp(bw_commands[i]->name, name) == 0) {
            return bw_commands[i];
        }
    }
    return NULL;
}

static enum bw_status
take_option(struct bw_call *call, int option, const char *value, struct bw_error *err)
{
    if (option == BW_OPTION_MAP) {
        if (call->maps_count == BW_MAPS_MAX) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "--map may be given %d times", BW_MAPS_MAX);
        }
        call->maps[call->maps_count++] = value;
    } else if (call->values[option] != NULL && rows[option].value != NULL) {
        return bw_error_set(
            err, BW_BAD_INPUT, 0, "--%s is given twice; give it once", rows[option].name);
    }
    call->values[option] = value;
    return BW_OK;
}

/* Reads argv[*inout_at], an option, and its value where it takes one. */
static enum bw_status
parse_option(int argc, char *const argv[], int *inout_at, struct bw_call *call,
    struct bw_error *err)
{
    const char *name = argv[*inout_at] + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
    int option = find_option(name, length);
    if (option < 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "--%.*s is no option of this program; --help lists them", (int)length, name);
    }
    if (rows[option].value == NULL) {
        if (equals != NULL) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "--%s takes no value", rows[option].name);
        }
        return take_option(call, option, "", err);
    }
    if (equals != NULL) {
        return take_option(call, option, equals + 1, err);
    }
    if (*inout_at + 1 >= argc) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "--%s needs a value: %s",
            rows[option].name, rows[option].value);
    }
    (*inout_at)++;
    return take_option(call, option, argv[*inout_at], err);
}

static enum bw_status
take_word(struct bw_call *call, const char *word, struct bw_error *err)
{
    if (call->command == NULL) {
        call->command = find_command(word);
        if (call->command == NULL) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "\"%s\" is no command of this program; --help lists them", word);
        }
        return BW_OK;
    }
    if (call->operands_count == BW_OPERANDS_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "%s takes at most %d files in one go",
            call->command->name, BW_OPERANDS_MAX);
    }
    call->operands[call->operands_count++] = word;
    return BW_OK;
}

static uint64_t
needed_options(const struct bw_command *command)
{
    switch (command->needs) {
    case BW_NEEDS_NOTHING:
        return command->requires
        ;
    case BW_NEEDS_CENTRAL:
    case BW_NEEDS_CENTRAL_NEW:
        return command->requires
        | BW_TAKES(BW_OPTION_CENTRAL);
    case BW_NEEDS_STORE:
        return command->requires
        | BW_TAKES(BW_OPTION_STORE);
    }
    return command->requires;
}

static uint64_t
allowed_options(const struct bw_command *command)
{
    uint64_t allowed = command->takes | needed_options(command);
    for (int i = 0; i < BW_OPTIONS; i++) {
        if (rows[i].global) {
            allowed |= BW_TAKES(i);
        }
    }
    return allowed;
}

static enum bw_status
check_call(const struct bw_call *call, struct bw_error *err)
{
    const struct bw_command *command = call->command;
    uint64_t allowed = allowed_options(command);
    uint64_t needed = needed_options(command);
    for (int i = 0; i < BW_OPTIONS; i++) {
        if (call->values[i] != NULL && (allowed & BW_TAKES(i)) == 0) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "%s takes no --%s; %s --help lists what it takes", command->name,
                rows[i].name, command->name);
        }
        if (call->values[i] == NULL && (needed & BW_TAKES(i)) != 0) {
            return bw_error_set(err, BW_BAD_INPUT, 0, "%s needs --%s %s: %s",
                command->name, rows[i].name, rows[i].value, rows[i].help);
        }
    }
    if (call->operands_count < command->operands_min) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "%s needs more: %s %s", command->name,
            command->name, command->operands);
    }
    if (command->operands_max >= 0 && call->operands_count > command->operands_max) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "%s takes no \"%s\" there: the use is %s %s", command->name,
            call->operands[command->operands_max], command->name, command->operands);
    }
    return BW_OK;
}

enum bw_status
bw_call_read(int argc, char *const argv[], struct bw_call *ret_call, struct bw_error *err)
{
    struct bw_call call = {.command = NULL};
    bool options_ended = false;
    for (int i = 1; i < argc; i++) {
        enum bw_status status;
        if (!options_ended && strcmp(argv[i], "--") == 0) {
            options_ended = true;
            continue;
        }
        if (!options_ended && strncmp(argv[i], "--", 2) == 0) {
            status = parse_option(argc, argv, &i, &call, err);
        } else {
            status = take_word(&call, argv[i], err);
        }
        if (status != BW_OK) {
            return status;
        }
    }
    call.json = call.values[BW_OPTION_JSON] != NULL;
    *ret_call = call;
    return BW_OK;
}

bool
bw_call_default(struct bw_call *call, enum bw_option option, const char *value)
{
    if (call->command == NULL || call->values[option] != NULL ||
        (allowed_options(call->command) & BW_TAKES(option)) == 0) {
        return false;
    }
    call->values[option] = value;
    call->json = call->values[BW_OPTION_JSON] != NULL;
    return true;
}

int
bw_option_find(const char *name)
{
    return find_option(name, strlen(name));
}

bool
bw_option_is_switch(enum bw_option option)
{
    return rows[option].value == NULL;
}

enum bw_status
bw_call_check(const struct bw_call *call, struct bw_error *err)
{
    if (call->values[BW_OPTION_HELP] != NULL || call->values[BW_OPTION_VERSION] != NULL) {
        return BW_OK;
    }
    if (call->command == NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "no command was given; brugwachter-sync --help lists them");
    }
    return check_call(call, err);
}

enum bw_status
bw_call_parse(
    int argc, char *const argv[], struct bw_call *ret_call, struct bw_error *err)
{
    struct bw_call call;
    enum bw_status status = bw_call_read(argc, argv, &call, err);
    if (status == BW_OK) {
        status = bw_call_check(&call, err);
    }
    if (status == BW_OK) {
        *ret_call = call;
    }
    return status;
}

static void
print_options(uint64_t shown, uint64_t needed, FILE *to)
{
    for (int i = 0; i < BW_OPTIONS; i++) {
        if ((shown & BW_TAKES(i)) == 0) {
            continue;
        }
        char left[40];
        (void)snprintf(left, sizeof left, "--%s%s%s", rows[i].name,
            rows[i].value != NULL ? " " : "", rows[i].value != NULL ? rows[i].value : "");
        fprintf(to, "  %-22s %s%s\n", left, rows[i].help,
            (needed & BW_TAKES(i)) != 0 ? " (required)" : "");
    }
}

static void
print_program_help(FILE *to)
{
    fputs("Usage: brugwachter-sync OPTIONS COMMAND …\n"
          "Sign-ups, tickets, kiosks and reports of learning circles.\n\nCommands:\n",
        to);
    for (int i = 0; bw_commands[i] != NULL; i++) {
        const struct bw_command *command = bw_commands[i];
        char left[64];
        (void)snprintf(left, sizeof left, "%s %s", command->name, command->operands);
        fprintf(to, "  %-46s %s\n", left, command->summary);
    }
    fputs("\nOptions:\n", to);
    print_options((UINT64_C(1) << BW_OPTIONS) - 1, 0, to);
    fputs(
        "\nCOMMAND --help says more. Exit status: 0 done; 1 done, with something to look "
        "at;\n2 wrong use; 3 could not be done, nothing was changed.\n",
        to);
}

void
bw_call_print_help(const struct bw_call *call, FILE *to)
{
    const struct bw_command *command = call->command;
    if (command == NULL) {
        print_program_help(to);
        return;
    }
    fprintf(to, "Usage: brugwachter-sync %s %s\n%s.\n", command->name, command->operands,
        command->summary);
    if (command->help != NULL) {
        fprintf(to, "\n%s", command->help);
    }
    fputs("\nOptions:\n", to);
    print_options(allowed_options(command), needed_options(command), to);
}
