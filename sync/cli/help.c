/* --help: see command.h. One thread. */
#include "cli/option.h"

#include <brugwachter/said.h>

/* `left` in a column, `right` beside it; below it where it's too wide. */
static void
print_row(const char *left, const char *right, FILE *to)
{
    enum { COLUMN = 26 };
    int width = 0;
    for (const char *byte = left; *byte != '\0'; byte++) {
        width += ((unsigned char)*byte & 0xC0) != 0x80; /* of a letter, the first byte */
    }
    fprintf(to, "  %s", left);
    if (width > COLUMN) {
        fprintf(to, "\n  ");
        width = 0;
    }
    fprintf(to, "%*s %s\n", COLUMN - width, "", right);
}

static void
print_options(uint64_t shown, FILE *to)
{
    for (int i = 0; i < BW_OPTIONS; i++) {
        if ((shown & BW_TAKES(i)) == 0) {
            continue;
        }
        char left[40];
        (void)snprintf(left, sizeof left, "--%s%s%s", bw_option_rows[i].name,
            bw_option_rows[i].value != NULL ? " " : "",
            bw_option_rows[i].value != NULL ? bw_option_rows[i].value : "");
        print_row(left, bw_said(bw_option_rows[i].help), to);
    }
}

static void
print_usage(const struct bw_sync_command *command, FILE *to)
{
    uint64_t needed = bw_options_needed(command);
    fprintf(to, bw_said("Usage: brugwachter-sync %s"), command->name);
    if (command->operands[0] != '\0') {
        fprintf(to, " %s", command->operands);
    }
    for (int i = 0; i < BW_OPTIONS; i++) {
        if ((needed & BW_TAKES(i)) != 0) {
            fprintf(to, " --%s %s", bw_option_rows[i].name, bw_option_rows[i].value);
        }
    }
    fputs(bw_said(" [OPTION…]\n"), to);
}

static void
print_commands(const struct bw_sync_table *table, FILE *to)
{
    fputs(bw_said("Commands:\n"), to);
    for (int i = 0; table->commands[i] != NULL; i++) {
        const struct bw_sync_command *command = table->commands[i];
        char left[128]; /* room for all: a cut character is none */
        (void)snprintf(left, sizeof left, "%s %s", command->name, command->operands);
        print_row(left, bw_said(command->summary), to);
    }
}

static void
print_program_help(const struct bw_sync_table *table, FILE *to)
{
    fputs(bw_said("Usage: brugwachter-sync OPTIONS COMMAND …\n"
                  "Sign-ups, tickets, kiosks and reports of learning circles.\n"
                  "Without a command: what there is to do.\n\n"),
        to);
    print_commands(table, to);
    fputs(bw_said("\nOptions:\n"), to);
    print_options((UINT64_C(1) << BW_OPTIONS) - 1, to);
    fputs(bw_said("\nCOMMAND --help says more.\n"
                  "Exit status: 0 done; 1 done, with something to look at; 2 wrong use;\n"
                  "3 could not be done, nothing was changed.\n"),
        to);
}

void
bw_call_print_help(const struct bw_call *call, FILE *to)
{
    const struct bw_sync_command *command = call->command;
    if (command == NULL || command == call->table->bare) {
        print_program_help(call->table, to);
        return;
    }
    print_usage(command, to);
    fprintf(to, "%s.\n", bw_said(command->summary));
    if (command->help != NULL) {
        fprintf(to, "\n%s", bw_said(command->help));
    }
    if (command->help_more != NULL) {
        fputs(bw_said(command->help_more), to);
    }
    fputs(bw_said("\nOptions:\n"), to);
    print_options(bw_options_allowed(command), to);
}
