/* Options and operands, read by the table of option.c: see command.h. */
#include "cli/command.h"

#include "cli/attendees.h"
#include "cli/option.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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

const char *
bw_call_key_path(const struct bw_call *call)
{
    const char *given = bw_call_value(call, BW_OPTION_KEY_FILE);
    return given != NULL ? given : bw_central_key_path(call->central);
}

enum bw_wording_language
bw_call_language(const struct bw_call *call)
{
    enum bw_wording_language language = BW_WORDING_DUTCH;
    const char *code = bw_call_value(call, BW_OPTION_LANGUAGE);
    if (code != NULL) {
        (void)bw_wording_parse(code, &language);
    }
    return language;
}

enum bw_wording_language
bw_call_excel(const struct bw_call *call, enum bw_wording_language missing)
{
    const char *code = bw_call_value(call, BW_OPTION_CSV);
    if (code != NULL) {
        (void)bw_wording_parse(code, &missing);
    }
    return missing;
}

struct bw_office
bw_call_office(const struct bw_call *call)
{
    return (struct bw_office){
        .central = call->central,
        .key_path = bw_call_key_path(call),
        .clock = call->clock,
        .who = call->who,
        .progress = call->progress,
        .attendees = bw_cli_attendees,
        .language = bw_call_language(call),
    };
}

enum bw_exit
bw_call_usage(struct bw_error *err, const char *format, ...)
{
    char text[BW_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, bw_said(format), args);
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
            "--%s takes a whole number from %lld to %lld, not \"%s\"",
            bw_option_rows[option].name, (long long)least, (long long)most, text);
    }
    *ret_value = value;
    return BW_OK;
}

static bool
take_field(const char *word, const struct bw_call_field *fields, int fields_count)
{
    size_t length = strcspn(word, "=");
    for (int i = 0; word[length] == '=' && i < fields_count; i++) {
        if (strlen(fields[i].name) == length &&
            strncmp(word, fields[i].name, length) == 0) {
            *fields[i].value = word + length + 1;
            return true;
        }
    }
    return false;
}

const char *
bw_call_fields(const struct bw_call *call, int first, const struct bw_call_field *fields,
    int fields_count)
{
    for (int i = first; i < call->operands_count; i++) {
        if (!take_field(call->operands[i], fields, fields_count)) {
            return call->operands[i];
        }
    }
    return NULL;
}

enum bw_status
bw_call_why(
    const struct bw_call *call, char ret_why[BW_TITLE_BYTES], struct bw_error *err)
{
    const char *text = call->values[BW_OPTION_WHY];
    char clean[BW_TITLE_BYTES] = "";
    enum bw_text_fault fault =
        text != NULL ? bw_text_clean(text, BW_TITLE_CHARS, clean) : BW_TEXT_FINE;
    if (fault != BW_TEXT_FINE || (text != NULL && clean[0] == '\0')) {
        return bw_error_set(err, BW_REFUSED, 0, "%s: --why %s", call->command->name,
            fault != BW_TEXT_FINE ? bw_said(bw_text_fault_name(fault))
                                  : bw_said("is empty; say why"));
    }
    memcpy(ret_why, clean, sizeof clean);
    return BW_OK;
}

static const struct bw_sync_command *
find_command(const struct bw_sync_table *table, const char *name)
{
    for (int i = 0; table->commands[i] != NULL; i++) {
        if (strcmp(table->commands[i]->name, name) == 0) {
            return table->commands[i];
        }
    }
    return NULL;
}

static enum bw_status
take_option(struct bw_call *call, int option, const char *value, struct bw_error *err)
{
    if (option == BW_OPTION_CARRIER) {
        if (call->carriers_count == BW_CARRIER_OPTIONS_MAX) {
            return bw_error_set(err, BW_BAD_INPUT, 0, "--carrier may be given %d times",
                BW_CARRIER_OPTIONS_MAX);
        }
        call->carriers[call->carriers_count++] = value;
    } else if (option == BW_OPTION_MAP) {
        if (call->maps_count == BW_MAPS_MAX) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "--map may be given %d times", BW_MAPS_MAX);
        }
        call->maps[call->maps_count++] = value;
    } else if (option == BW_OPTION_ALIAS) {
        if (call->aliases_count == BW_MAPS_MAX) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "--alias may be given %d times", BW_MAPS_MAX);
        }
        call->aliases[call->aliases_count++] = value;
    } else if (call->values[option] != NULL && bw_option_rows[option].value != NULL) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "--%s is given twice; give it once",
            bw_option_rows[option].name);
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
    int option = bw_option_of_name(name, length);
    if (option < 0) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "--%.*s is no option of this program; --help lists them", (int)length, name);
    }
    if (bw_option_rows[option].value == NULL) {
        if (equals != NULL) {
            return bw_error_set(
                err, BW_BAD_INPUT, 0, "--%s takes no value", bw_option_rows[option].name);
        }
        return take_option(call, option, "", err);
    }
    if (equals != NULL) {
        return take_option(call, option, equals + 1, err);
    }
    if (*inout_at + 1 >= argc) {
        return bw_error_set(err, BW_BAD_INPUT, 0, "--%s needs a value: %s",
            bw_option_rows[option].name, bw_option_rows[option].value);
    }
    (*inout_at)++;
    return take_option(call, option, argv[*inout_at], err);
}

static enum bw_status
take_word(struct bw_call *call, const char *word, struct bw_error *err)
{
    if (call->command == NULL) {
        call->command = find_command(call->table, word);
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

static enum bw_status
check_call(const struct bw_call *call, struct bw_error *err)
{
    const struct bw_sync_command *command = call->command;
    uint64_t allowed = bw_options_allowed(command);
    uint64_t needed = bw_options_needed(command);
    for (int i = 0; i < BW_OPTIONS; i++) {
        if (call->values[i] != NULL && (allowed & BW_TAKES(i)) == 0) {
            return bw_error_set(err, BW_BAD_INPUT, 0,
                "%s takes no --%s; %s --help lists what it takes", command->name,
                bw_option_rows[i].name, command->name);
        }
        if (call->values[i] == NULL && (needed & BW_TAKES(i)) != 0) {
            return bw_error_set(err, BW_BAD_INPUT, 0, "%s needs --%s %s: %s",
                command->name, bw_option_rows[i].name, bw_option_rows[i].value,
                bw_said(bw_option_rows[i].help));
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
bw_call_read(const struct bw_sync_table *table, int argc, char *const argv[],
    struct bw_call *ret_call, struct bw_error *err)
{
    struct bw_call call = {.table = table};
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
    call.command = call.command != NULL ? call.command : table->bare;
    call.json = call.values[BW_OPTION_JSON] != NULL;
    *ret_call = call;
    return BW_OK;
}

bool
bw_call_default(struct bw_call *call, enum bw_option option, const char *value)
{
    if (call->command == NULL || call->values[option] != NULL ||
        (bw_options_allowed(call->command) & BW_TAKES(option)) == 0) {
        return false;
    }
    if (call->command->needs == BW_NEEDS_EITHER &&
        ((option == BW_OPTION_CENTRAL && call->values[BW_OPTION_STORE] != NULL &&
             (call->command->takes & BW_TAKES(BW_OPTION_CENTRAL)) == 0) ||
            (option == BW_OPTION_STORE && call->values[BW_OPTION_CENTRAL] != NULL))) {
        return false; /* what was given says which of the two it is */
    }
    call->values[option] = value;
    call->defaults |= BW_TAKES(option);
    call->json = call->values[BW_OPTION_JSON] != NULL;
    return true;
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
    static const enum bw_option languages[] = {BW_OPTION_LANGUAGE, BW_OPTION_CSV};
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        enum bw_wording_language ignored;
        const char *language = call->values[languages[i]];
        if (language != NULL && !bw_wording_parse(language, &ignored)) {
            return bw_error_set(err, BW_BAD_INPUT, 0, "--%s takes nl or en, not \"%s\"",
                bw_option_rows[languages[i]].name, language);
        }
    }
    return check_call(call, err);
}

enum bw_status
bw_call_parse(const struct bw_sync_table *table, int argc, char *const argv[],
    struct bw_call *ret_call, struct bw_error *err)
{
    struct bw_call call;
    enum bw_status status = bw_call_read(table, argc, argv, &call, err);
    if (status == BW_OK) {
        status = bw_call_check(&call, err);
    }
    if (status == BW_OK) {
        *ret_call = call;
    }
    return status;
}
