/* One command of brugwachter-sync: what it is called, which options it takes,
 * what it does.
 *
 * The table of options in option.c makes parsing and help alike; the table of commands is
 * main's, which hands it in: nothing here knows a command. Options may stand before or
 * after the command; `--name VALUE` and `--name=VALUE` are the same;
 * `--` ends the options.
 *
 * A command prints its result on `call->out` (JSON where `call->json`), and returns an
 * exit status; with BW_EXIT_USAGE and BW_EXIT_FAILED it has filled `err`, which main
 * prints as the one line on stderr. One thread. */
#ifndef BW_SYNC_COMMAND_H
#define BW_SYNC_COMMAND_H

#include "office/office.h"

#include <brugwachter/said.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* In the order of the help. A row for each stands in option.c. */
enum bw_option {
    BW_OPTION_CENTRAL,
    BW_OPTION_STORE,
    BW_OPTION_SESSION,
    BW_OPTION_SERIES,
    BW_OPTION_OUT,
    BW_OPTION_NAME,
    BW_OPTION_DEVICE,
    BW_OPTION_PIN_FILE,
    BW_OPTION_PHRASE_FILE,
    BW_OPTION_FROM,
    BW_OPTION_WHY,
    BW_OPTION_PUBLIC,
    BW_OPTION_SCHOOLS,
    BW_OPTION_COUNT,
    BW_OPTION_STARTS,
    BW_OPTION_ENDS,
    BW_OPTION_VENUE,
    BW_OPTION_ADDRESS,
    BW_OPTION_VENUE_PHONE,
    BW_OPTION_NEW,
    BW_OPTION_YES,
    BW_OPTION_CHECK,
    BW_OPTION_BEFORE,
    BW_OPTION_RETENTION_DAYS,
    BW_OPTION_BACKUP_DAYS,
    BW_OPTION_MAP,   /* may be given again and again */
    BW_OPTION_ALIAS, /* this too */
    BW_OPTION_DATES,
    BW_OPTION_SKIP,
    BW_OPTION_CARRIER, /* this too */
    BW_OPTION_KEY_FILE,
    BW_OPTION_NETRC_FILE,
    BW_OPTION_LAN,
    BW_OPTION_LAN_PORT,
    BW_OPTION_LAN_PEERS,
    BW_OPTION_ORGANISER,
    BW_OPTION_PHONE,
    BW_OPTION_PRIVACY_URL,
    BW_OPTION_TO,
    BW_OPTION_SEND,
    BW_OPTION_SENT,
    BW_OPTION_NOT_SENT,
    BW_OPTION_PENDING,
    BW_OPTION_TOLD,
    BW_OPTION_LANGUAGE,
    BW_OPTION_CSV,
    BW_OPTION_MAIL_FROM,
    BW_OPTION_CONTACT,
    BW_OPTION_SMTP,
    BW_OPTION_SMTP_USER,
    BW_OPTION_SMTP_PASSWORD_FILE,
    BW_OPTION_SMTP_TOKEN_COMMAND,
    BW_OPTION_PACE,
    BW_OPTION_LISTEN,
    BW_OPTION_NO_BROWSER,
    BW_OPTION_BASE_URL,
    BW_OPTION_PASSWORD_FILE,
    BW_OPTION_AS,
    BW_OPTION_SETTINGS,
    BW_OPTION_CLOCK,
    BW_OPTION_JSON,
    BW_OPTION_HELP,
    BW_OPTION_VERSION,
};

enum {
    BW_OPTIONS = BW_OPTION_VERSION + 1,
    BW_MAPS_MAX = 32,
    BW_CARRIER_OPTIONS_MAX = 8,
    BW_OPERANDS_MAX = 1024,
    BW_CALL_TOLD = 64
};

#define BW_TAKES(option) (UINT64_C(1) << (option))

enum bw_needs {
    BW_NEEDS_NOTHING,
    BW_NEEDS_CENTRAL,          /* --central is required; open before run */
    BW_NEEDS_CENTRAL_NEW,      /* the same, and made where there's none (init) */
    BW_NEEDS_CENTRAL_IF_THERE, /* --central, open where it's given and there */
    BW_NEEDS_STORE,            /* --store is required; the command opens it */
    BW_NEEDS_EITHER,           /* --store, which the command opens, or --central, open */
};

/* What goes by letter around a command: main's hooks do it, before and after. */
enum bw_letters {
    BW_LETTERS_NONE = 0,
    BW_LETTERS_IN = 1,  /* it states figures: what the carriers hold comes in first */
    BW_LETTERS_OUT = 2, /* it changes what kiosks hold: roster letters go afterwards */
};

struct bw_call {
    const struct bw_sync_table *table;
    const struct bw_sync_command *command;
    const char *values[BW_OPTIONS]; /* NULL where not given; "" for a switch that is */
    uint64_t defaults;              /* BW_TAKES of those that a settings file gave */
    const char *maps[BW_MAPS_MAX];  /* field=Heading */
    int maps_count;
    const char *aliases[BW_MAPS_MAX]; /* SPELLING=NAME */
    int aliases_count;
    const char *carriers[BW_CARRIER_OPTIONS_MAX];
    int carriers_count;
    const char *operands[BW_OPERANDS_MAX];
    int operands_count;
    bool json;
    char who[BW_NAME_BYTES];      /* works here (cli/who.h); "": it isn't known */
    struct bw_clock clock;        /* the system's, or stands at --clock */
    struct bw_central *central;   /* open, for BW_NEEDS_CENTRAL*; main closes it */
    FILE *out;                    /* the result */
    struct bw_progress *progress; /* NULL where nobody watches */
    uint64_t told[BW_CALL_TOLD];  /* digests of sentences about letters (cli/letters.h) */
    int told_count;
};

struct bw_sync_command {
    const char *name;
    const char *operands; /* "CODE", "" where there are none */
    const char *summary;  /* one line in the list of commands */
    /* lines for --help, and what several commands share of them; each may be NULL */
    const char *help, *help_more;
    uint64_t takes;    /* BW_TAKES of each option besides the global ones */
    uint64_t requires; /* of those, which must be given */
    int operands_min, operands_max;
    enum bw_needs needs;
    unsigned letters; /* enum bw_letters, or-ed; with a central database alone */
    enum bw_exit (*run)(struct bw_call *call, struct bw_error *err);
};

/* Called around a command, for what its `letters` ask; call->central is open, and in no
 * transaction. It can't make the command fail: with any exit status but BW_EXIT_DONE it
 * has filled `err`, whose sentence is printed, and the program ends with BW_EXIT_LOOK at
 * least. It prints nothing itself. */
typedef enum bw_exit bw_letters_hook(struct bw_call *call, struct bw_error *err);

/* The program: its commands, and what goes around them. Lives as long as the call. */
struct bw_sync_table {
    const struct bw_sync_command *const
        *commands; /* as help shows them; NULL ends them */
    /* what is done where none is named; NULL: that is wrong use */
    const struct bw_sync_command *bare;
    bw_letters_hook *letters_in; /* NULL: nothing comes in */
    /* NULL: nothing goes out. Called where the command was done (BW_EXIT_DONE, _LOOK). */
    bw_letters_hook *letters_out;
};

/* The three steps of bw_call_parse, with its error BW_BAD_INPUT, for settings to come
 * between: reads the words, takes an option's value where none was given (false where
 * it's no option of the command, or was given), and checks the whole. */
BW_NODISCARD enum bw_status bw_call_read(const struct bw_sync_table *table, int argc,
    char *const argv[], struct bw_call *ret_call, struct bw_error *err);
bool bw_call_default(struct bw_call *call, enum bw_option option, const char *value);
BW_NODISCARD enum bw_status bw_call_check(
    const struct bw_call *call, struct bw_error *err);

/* The option of this name (without --), -1 where there's none; and whether it's a switch.
 */
int bw_option_find(const char *name);
bool bw_option_is_switch(enum bw_option option);

/* Reads argv. BW_BAD_INPUT with a sentence for wrong use. `--help` and `--version` win
 * over what is missing. *ret_call borrows argv. command is the table's `bare` where
 * none was named. */
BW_NODISCARD enum bw_status bw_call_parse(const struct bw_sync_table *table, int argc,
    char *const argv[], struct bw_call *ret_call, struct bw_error *err);

/* Help of the program, or of call->command. */
void bw_call_print_help(const struct bw_call *call, FILE *to);

/* The whole program but the process: parses, opens, runs, prints the error line on
 * `diag`. Tests call it as main does. */
enum bw_exit bw_sync_main(const struct bw_sync_table *table, int argc, char *const argv[],
    FILE *out, FILE *diag);

/* The same, where somebody else than a terminal watches (NULL: nobody does), in the
 * language that this thread speaks (bw_wording_speak); at a terminal --language says
 * another, and so does --json: English. */
enum bw_exit bw_sync_main_watched(const struct bw_sync_table *table, int argc,
    char *const argv[], struct bw_progress *progress, FILE *out, FILE *diag);

/* Value of an option, NULL where not given. */
const char *bw_call_value(const struct bw_call *call, enum bw_option option);

/* --why, cleaned: "" where it isn't given. BW_REFUSED for one that is empty, too long or
 * no text. */
BW_NODISCARD enum bw_status bw_call_why(
    const struct bw_call *call, char ret_why[BW_TITLE_BYTES], struct bw_error *err);

/* What an operand may give as NAME=VALUE; `value` borrows the operand's rest then. */
struct bw_call_field {
    const char *name;
    const char **value;
};

/* Takes the operands from `first` on as such fields. The first that is none of them, NULL
 * where there's no such. */
const char *bw_call_fields(const struct bw_call *call, int first,
    const struct bw_call_field *fields, int fields_count);

/* A whole number from `least` to `most`; `missing` where not given. BW_BAD_INPUT else. */
BW_NODISCARD enum bw_status bw_call_number(const struct bw_call *call,
    enum bw_option option, int64_t least, int64_t most, int64_t missing,
    int64_t *ret_value, struct bw_error *err);

/* Wall time by the call's clock. */
int64_t bw_call_now_ms(const struct bw_call *call);

/* Wrong use found by a command itself. Returns BW_EXIT_USAGE. */
enum bw_exit bw_call_usage(struct bw_error *err, const char *format, ...) BW_PRINTF(2, 3);

/* Where the organiser's secret keys lie: --key-file, else PATH.key. Borrowed; "" where
 * neither is known. For a call whose central database is open. */
const char *bw_call_key_path(const struct bw_call *call);

/* That of what people get, of what there is to do, and of days in answers: --language,
 * else Dutch. What the program says of itself is in the thread's (bw_said). */
enum bw_wording_language bw_call_language(const struct bw_call *call);

/* Whose Excel opens a list by a double click: --csv, else that of `missing`. */
enum bw_wording_language bw_call_excel(
    const struct bw_call *call, enum bw_wording_language missing);

/* The office that the verbs work on; borrows the call's parts, and lives as long. For a
 * call whose central database is open. */
struct bw_office bw_call_office(const struct bw_call *call);

/* What a failure becomes: done for BW_OK and BW_OFFLINE, failed for the rest. */
enum bw_exit bw_exit_of(enum bw_status status);

#endif
