/* A CSV file as rows of cells: see csv_table.h.
 *
 * libcsv reads it with CSV_STRICT_FINI and without CSV_STRICT: quotes inside unquoted
 * fields are letters. Three things it doesn't do are done here. It says nothing of lines,
 * so it is fed one physical line at a time. It heeds CSV_STRICT_FINI only beside
 * CSV_STRICT (3.0.3), so an open quote at the end is looked for before. And after text
 * behind a closing quote
 * ("Anna" de Vries) it goes on as if the cell were still open, over line breaks, until
 * some other row's quote: such a file is refused, or that row would swallow people. */
#include "office/table/csv_table.h"

#include "office/table/csv_text.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct csv_table_reading {
    const char *name;
    struct bw_csv_table *table;
    struct bw_error *err;
    enum bw_status status; /* the first failure */
    int32_t row_line;      /* where the row that is being read began */
    bool row_ended;
};

void
bw_csv_table_finish(struct bw_csv_table *table)
{
    if (table != NULL) {
        free(table->rows);
        free(table->cells);
        bw_arena_finish(&table->arena);
        *table = (struct bw_csv_table){.rows = NULL};
    }
}

const char *
bw_csv_cell_at(const struct bw_csv_table *table, const struct bw_csv_row *row, int column)
{
    return column >= 0 && column < row->cells_count
               ? table->cells[row->first_cell + (size_t)column]
               : "";
}

/* ---- adding ---- */

static enum bw_status
full(const char *name, struct bw_error *err)
{
    return bw_error_set(
        err, BW_NO_MEMORY, ENOMEM, "importing %s: there's no memory left", name);
}

static bool
is_blank_text(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr(" \t\r\n", text[i]) == NULL || text[i] == '\0') {
            return false;
        }
    }
    return true;
}

/* Room for `more` cells behind all others. */
static bool
cells_grow(struct bw_csv_table *table, size_t more)
{
    size_t capacity = table->cells_capacity == 0 ? 1024 : table->cells_capacity;
    while (capacity < table->cells_count + more) {
        capacity *= 2;
    }
    if (capacity > table->cells_capacity) {
        const char **cells = reallocarray(table->cells, capacity, sizeof *cells);
        if (cells == NULL) {
            return false;
        }
        table->cells = cells;
        table->cells_capacity = capacity;
    }
    return true;
}

static enum bw_status
too_much(const char *name, struct bw_error *err)
{
    return bw_error_set(err, BW_BAD_INPUT, 0,
        "importing %s: its cells hold more than %d MB; split it and import the parts "
        "one after another",
        name, 2 * BW_CSV_BYTES_MAX / (1024 * 1024));
}

enum bw_status
bw_csv_table_add_cell(struct bw_csv_table *table, const char *text, size_t length,
    int32_t line, const char *name, struct bw_error *err)
{
    if (table->cells_count - table->row_first_cell == BW_CSV_COLUMNS_MAX) {
        if (is_blank_text(text, length)) {
            return BW_OK; /* spreadsheets write blank columns up to where one stood */
        }
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: line %d has more than %d columns; export it again with the "
            "columns that are needed",
            name, (int)line, BW_CSV_COLUMNS_MAX);
    }
    table->bytes += length;
    if (table->bytes > 2 * (size_t)BW_CSV_BYTES_MAX) {
        return too_much(name, err);
    }
    if (!cells_grow(table, 1)) {
        return full(name, err);
    }
    const char *copy = bw_arena_copy(&table->arena, text, length);
    if (copy == NULL) {
        return full(name, err);
    }
    table->cells[table->cells_count++] = copy;
    return BW_OK;
}

static bool
is_empty(const struct bw_csv_table *table, size_t first_cell)
{
    for (size_t i = first_cell; i < table->cells_count; i++) {
        if (table->cells[i][strspn(table->cells[i], " \t\r\n")] != '\0') {
            return false;
        }
    }
    return true;
}

static enum bw_status
row_keep(struct bw_csv_table *table, struct bw_csv_row row, const char *name,
    struct bw_error *err)
{
    if (table->heading.line == 0) {
        table->heading = row;
        return BW_OK;
    }
    if (table->rows_count == BW_CSV_ROWS_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it has more than %d rows; split it and import the parts one "
            "after another",
            name, BW_CSV_ROWS_MAX);
    }
    if (table->rows_count == table->rows_capacity) {
        size_t capacity = table->rows_capacity == 0 ? 256 : table->rows_capacity * 2;
        struct bw_csv_row *rows = reallocarray(table->rows, capacity, sizeof *rows);
        if (rows == NULL) {
            return full(name, err);
        }
        table->rows = rows;
        table->rows_capacity = capacity;
    }
    table->rows[table->rows_count++] = row;
    return BW_OK;
}

enum bw_status
bw_csv_table_add_row(
    struct bw_csv_table *table, int32_t line, const char *name, struct bw_error *err)
{
    enum bw_status status = BW_OK;
    if (is_empty(table, table->row_first_cell)) {
        table->cells_count = table->row_first_cell;
    } else {
        const struct bw_csv_row row = {.line = line,
            .cells_count = (int32_t)(table->cells_count - table->row_first_cell),
            .first_cell = table->row_first_cell};
        status = row_keep(table, row, name, err);
    }
    table->row_first_cell = table->cells_count;
    return status;
}

/* ---- merged cells ---- */

/* A row moves behind all others where it is too short for the cell. */
static bool
cell_set(struct bw_csv_table *table, struct bw_csv_row *row, int column, const char *text)
{
    if (column >= row->cells_count) {
        if (!cells_grow(table, (size_t)column + 1)) {
            return false;
        }
        const char **to = table->cells + table->cells_count;
        for (int i = 0; i <= column; i++) {
            to[i] = i < row->cells_count ? table->cells[row->first_cell + (size_t)i] : "";
        }
        row->first_cell = table->cells_count;
        row->cells_count = column + 1;
        table->cells_count += (size_t)column + 1;
        table->row_first_cell = table->cells_count;
        table->filled += (size_t)column;
    }
    table->cells[row->first_cell + (size_t)column] = text;
    return true;
}

/* The first row on that line or below it. */
static size_t
row_from(const struct bw_csv_table *table, int32_t line)
{
    size_t low = 0, high = table->rows_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->rows[middle].line < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

enum bw_status
bw_csv_table_fill_down(struct bw_csv_table *table, int column, int32_t from, int32_t to,
    const char *name, struct bw_error *err)
{
    enum { FILLED_MAX = 16 * 1000 * 1000 };
    size_t at = row_from(table, from);
    const struct bw_csv_row *first =
        table->heading.line == from                              ? &table->heading
        : at < table->rows_count && table->rows[at].line == from ? &table->rows[at]
                                                                 : NULL;
    const char *text = first != NULL ? bw_csv_cell_at(table, first, column) : "";
    size_t length = strlen(text);
    if (is_blank_text(text, length) || column >= BW_CSV_COLUMNS_MAX) {
        return BW_OK;
    }
    for (; at < table->rows_count && table->rows[at].line <= to; at++) {
        struct bw_csv_row *row = &table->rows[at];
        const char *own = bw_csv_cell_at(table, row, column);
        table->filled++;
        if (row->line == from || !is_blank_text(own, strlen(own))) {
            continue;
        }
        table->bytes += length;
        if (table->filled > FILLED_MAX || table->bytes > 2 * (size_t)BW_CSV_BYTES_MAX) {
            return too_much(name, err);
        }
        if (!cell_set(table, row, column, text)) {
            return full(name, err);
        }
    }
    return table->filled > FILLED_MAX ? too_much(name, err) : BW_OK;
}

/* ---- as libcsv reads them ---- */

static void
on_field(void *text, size_t length, void *context)
{
    struct csv_table_reading *r = context;
    if (r->status == BW_OK) {
        r->status = bw_csv_table_add_cell(
            r->table, text != NULL ? text : "", length, r->row_line, r->name, r->err);
    }
}

static void
on_row(int terminator, void *context)
{
    struct csv_table_reading *r = context;
    (void)terminator;
    r->row_ended = true;
    if (r->status == BW_OK) {
        r->status = bw_csv_table_add_row(r->table, r->row_line, r->name, r->err);
    }
}

/* ---- lines ---- */

/* Length of the physical line at `text`, its CRLF, LF or CR included. */
static size_t
line_length(const char *text, size_t left)
{
    for (size_t i = 0; i < left; i++) {
        if (text[i] == '\n') {
            return i + 1;
        }
        if (text[i] == '\r') {
            return i + 1 < left && text[i + 1] == '\n' ? i + 2 : i + 1;
        }
    }
    return left;
}

static bool
is_blank(const char *text, size_t length, char delimiter)
{
    for (size_t i = 0; i < length; i++) {
        if (strchr(" \t\r\n", text[i]) == NULL || text[i] == delimiter) {
            return false;
        }
    }
    return true;
}

/* Excel's own hint: a first line `sep=;`. */
static size_t
skip_hint(const char *text, size_t length, char *ret_delimiter)
{
    size_t line = line_length(text, length);
    if (line >= 5 && strncmp(text, "sep=", 4) == 0 && strchr(",;\t", text[4]) != NULL &&
        strspn(text + 5, "\r\n") >= line - 5) {
        *ret_delimiter = text[4];
        return line;
    }
    return 0;
}

/* Most frequent in the heading, outside quotes. Headings are questions, which hold commas
 * more often than semicolons, so a tie goes to tab, then semicolon. */
static char
find_delimiter(const char *text, size_t length)
{
    static const char choices[] = "\t;,";
    size_t counts[3] = {0};
    bool quoted = false;
    bool begun = false;
    for (size_t i = 0; i < length; i++) {
        const char *choice = strchr(choices, text[i]);
        if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && (text[i] == '\n' || text[i] == '\r')) {
            if (begun) {
                break;
            }
        } else if (!quoted && choice != NULL && *choice != '\0') {
            counts[choice - choices]++;
        }
        begun = begun || strchr(" \r\n", text[i]) == NULL;
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++) {
        if (counts[i] > counts[best]) {
            best = i;
        }
    }
    return counts[best] > 0 ? choices[best] : '\t'; /* one column: none of it is split */
}

enum quote_state { CELL_START, PLAIN, QUOTED, MAYBE_ENDED };

struct quotes {
    enum quote_state state;
    char delimiter;
    bool strayed; /* text followed what looked like this cell's closing quote */
    int32_t line;
    int32_t opened; /* line of this cell's quote */
};

/* One character on; false where a quote was opened and can't be told
 * to have been closed. */
static bool
quotes_step(struct quotes *q, char c)
{
    bool line_end = c == '\n' || c == '\r';
    bool cell_end = line_end || c == q->delimiter;
    switch (q->state) {
    case CELL_START:
        if (c == '"') {
            *q = (struct quotes){QUOTED, q->delimiter, false, q->line, q->line};
        } else if (!cell_end && c != ' ' && c != '\t') {
            q->state = PLAIN;
        }
        return true;
    case PLAIN:
        q->state = cell_end ? CELL_START : PLAIN;
        return true;
    case QUOTED:
        q->state = c == '"' ? MAYBE_ENDED : QUOTED;
        return !(line_end && q->strayed);
    case MAYBE_ENDED:
        if (cell_end) {
            q->state = CELL_START;
        } else if (c != ' ' && c != '\t') {
            q->strayed = q->strayed || c != '"';
            q->state = QUOTED;
        }
        return true;
    }
    return true;
}

/* Line of the first quote that stays open; 0 where there's none. */
static int32_t
find_open_quote(const char *text, size_t length, char delimiter, int32_t line)
{
    struct quotes q = {.state = CELL_START, .delimiter = delimiter, .line = line};
    for (size_t i = 0; i < length; i++) {
        if (!quotes_step(&q, text[i])) {
            return q.opened;
        }
        bool pair = text[i] == '\r' && i + 1 < length && text[i + 1] == '\n';
        q.line += (text[i] == '\n' || text[i] == '\r') && !pair;
    }
    return q.state == QUOTED ? q.opened : 0;
}

static void
parse_lines(struct csv_table_reading *r, struct csv_parser *parser, const char *text,
    size_t length, int32_t line)
{
    bool between = true; /* no row is begun */
    while (length > 0 && r->status == BW_OK) {
        size_t taken = line_length(text, length);
        if (between) {
            r->row_line = line;
        }
        r->row_ended = false;
        if (csv_parse(parser, text, taken, on_field, on_row, r) != taken) {
            r->status = full(r->name, r->err);
            return;
        }
        between = r->row_ended || (between && is_blank(text, taken, r->table->delimiter));
        text += taken;
        length -= taken;
        line++;
    }
    if (r->status == BW_OK && csv_fini(parser, on_field, on_row, r) != 0) {
        r->status =
            full(r->name, r->err); /* all that is left: open quotes were refused before */
    }
}

static void
parse(struct csv_table_reading *r, const char *text, size_t length)
{
    size_t hint = skip_hint(text, length, &r->table->delimiter);
    if (hint == 0) {
        r->table->delimiter = find_delimiter(text, length);
    }
    int32_t first_line = hint > 0 ? 2 : 1;
    int32_t open =
        find_open_quote(text + hint, length - hint, r->table->delimiter, first_line);
    if (open != 0) {
        r->status = bw_error_set(r->err, BW_BAD_INPUT, 0,
            "importing %s: a quote that opens on line %d is never closed; close it and "
            "try again",
            r->name, (int)open);
        return;
    }
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT_FINI) != 0) {
        r->status = full(r->name, r->err);
        return;
    }
    csv_set_delim(&parser, (unsigned char)r->table->delimiter);
    parse_lines(r, &parser, text + hint, length - hint, first_line);
    csv_free(&parser);
    if (r->status == BW_OK && r->table->heading.line == 0) {
        r->status = bw_error_set(r->err, BW_BAD_INPUT, 0,
            "importing %s: there is nothing in it but blanks; export it again", r->name);
    }
}

enum bw_status
bw_csv_table_read(const unsigned char *bytes, size_t length, const char *name,
    struct bw_csv_table *ret_table, struct bw_error *err)
{
    if (length > BW_CSV_BYTES_MAX) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "importing %s: it is larger than %d MB; split it and import the parts one "
            "after another",
            name, BW_CSV_BYTES_MAX / (1024 * 1024));
    }
    char *text = NULL;
    enum bw_status status = bw_csv_text(bytes, length, name, &text, &length, err);
    if (status != BW_OK) {
        return status;
    }
    struct bw_csv_table table = {.rows = NULL};
    struct csv_table_reading reading = {.name = name, .table = &table, .err = err};
    parse(&reading, text, length);
    free(text);
    if (reading.status != BW_OK) {
        bw_csv_table_finish(&table);
        return reading.status;
    }
    *ret_table = table;
    return BW_OK;
}
