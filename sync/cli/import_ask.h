/* What an import asks, put to somebody at a terminal: the answers become what --map
 * and --alias would have said. One thread. */
#ifndef BW_SYNC_IMPORT_ASK_H
#define BW_SYNC_IMPORT_ASK_H

#include "cli/command.h"
#include "office/import/import.h"

#include <stdio.h>

/* Zeroed is none. */
struct bw_cli_answers {
    struct bw_import_questions *questions; /* NULL: nobody is there to be asked */
    const char *maps[BW_MAPS_MAX + BW_IMPORT_QUESTIONS_MAX];
    int maps_count, maps_given; /* those after maps_given are owned */
    const char *aliases[BW_MAPS_MAX + BW_IMPORT_QUESTIONS_MAX];
    int aliases_count, aliases_given; /* the same */
    enum bw_date_order dates;         /* as was answered; UNSAID: it wasn't asked */
};

/* Begins with the maps and aliases of the command line, which are borrowed. Without
 * memory nobody is asked. */
void bw_cli_answers_init(
    struct bw_cli_answers *answers, const struct bw_call *call, bool may_ask);
void bw_cli_answers_finish(struct bw_cli_answers *answers);

/* Asks its questions, and adds the answers; takes the questions away. False where one
 * isn't answered: the end of `in`, or no to what can't do without. */
bool bw_cli_answers_ask(
    struct bw_cli_answers *answers, const char *shown, FILE *in, FILE *out);

#endif
