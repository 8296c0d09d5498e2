/* Columns that a file's headings alone don't tell: what was learned of them, what is
 * still to be asked, and what an answer leaves to be learned. One thread, that of the
 * import. */
#ifndef BW_SYNC_IMPORT_COLUMNS_H
#define BW_SYNC_IMPORT_COLUMNS_H

#include "office/import/import_state.h"

/* Reads what was learned, and makes import->fields those of its kind with the headings
 * that mean them beside. Before the file is read. BW_NO_MEMORY, what the database
 * answers. */
BW_NODISCARD enum bw_status bw_import_columns_learn(
    struct bw_import *import, struct bw_error *err);

/* Finds the columns, import->columns. Of two that both mean a field and differ the one
 * that was learned is it. What bw_columns_find answers; BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_import_columns_find(
    struct bw_import *import, struct bw_error *err);

/* Once the columns are found: a field that such a file was said to lack is as if given as
 * none, and headings that were learned are noted and are part of the file's hash. */
void bw_import_columns_recall(struct bw_import *import);

/* Whether the program knows a heading by itself, without what was learned. */
bool bw_import_columns_is_known(const struct bw_import *import, const char *heading);

/* What stands in the first rows of a column that say something, defused. Can't fail. */
void bw_import_columns_sample(
    const struct bw_import *import, int column, char ret_text[BW_TITLE_BYTES]);

/* How a file is without a column. */
enum bw_import_lack {
    BW_IMPORT_LACK_FINE,  /* asked about only where a heading looks like it */
    BW_IMPORT_LACK_ODD,   /* asked about */
    BW_IMPORT_LACK_FAULT, /* asked about; without it nothing goes in */
};

/* Where somebody can be asked (the request's ret_questions) and fields lack a column, as
 * `lacks` judges it (by field): puts the questions and refuses, BW_REFUSED. */
BW_NODISCARD enum bw_status bw_import_columns_ask(
    struct bw_import *import, const enum bw_import_lack *lacks, struct bw_error *err);

/* Keeps what --map said, with the step that was just begun. What the database answers. */
BW_NODISCARD enum bw_status bw_import_columns_remember(
    struct bw_import *import, struct bw_error *err);

#endif
