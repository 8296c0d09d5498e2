/* What may be published of a table: see report_tally.h.
 *
 * A hidden cell can change by one where the others of its row and column make up for it:
 * a way from its row to its column over hidden cells, by turns one less and one more, all
 * within their bounds. Each way found is one more value that the cell may have (tables of
 * whole numbers with given totals have no gaps between). */
#include "report/figures/report_tally.h"

#include <limits.h>
#include <stdlib.h>

enum { VALUES_LEAST = 3, NOWHERE = -1 };

struct tally_search {
    const struct bw_report_tally *tally;
    int *counts;        /* of the cells, as they would be */
    int *came_by;       /* the node before; rows, then columns; NOWHERE */
    size_t *queue;      /* nodes */
    size_t row, column; /* the cell that is looked at */
};

static void
search_finish(struct tally_search *search)
{
    free(search->counts);
    free(search->came_by);
    free(search->queue);
}

static bool
search_init(struct tally_search *search, const struct bw_report_tally *tally)
{
    size_t nodes = tally->rows_count + tally->columns_count;
    size_t cells = tally->rows_count * tally->columns_count;
    *search = (struct tally_search){.tally = tally,
        .counts = calloc(cells + 1, sizeof *search->counts),
        .came_by = calloc(nodes + 1, sizeof *search->came_by),
        .queue = calloc(nodes + 1, sizeof *search->queue)};
    if (!search->counts || !search->came_by || !search->queue) {
        search_finish(search);
        return false;
    }
    return true;
}

/* Whether a cell other than the one that is looked at may change by `change`. */
static bool
may_change(const struct tally_search *search, size_t row, size_t column, int change)
{
    const struct bw_report_tally_cell *cell =
        bw_report_tally_at(search->tally, row, column);
    if (cell->shown == BW_REPORT_TALLY_PLAIN ||
        (row == search->row && column == search->column)) {
        return false;
    }
    bool small = cell->shown == BW_REPORT_TALLY_SMALL;
    int least = small ? 1 : BW_REPORT_TALLY_SMALL_BELOW;
    int most = small ? BW_REPORT_TALLY_SMALL_BELOW - 1 : INT_MAX;
    int now = search->counts[row * search->tally->columns_count + column];
    return change < 0 ? now > least : now < most;
}

/* Steps on from one node; true at the end of a way, `*ret_end` is its last node. */
static bool
step_on(struct tally_search *search, size_t node, int change, size_t *inout_filled,
    size_t *ret_end)
{
    size_t rows = search->tally->rows_count, columns = search->tally->columns_count;
    bool of_row = node < rows;
    for (size_t i = 0; i < (of_row ? columns : rows); i++) {
        size_t next = of_row ? rows + i : i;
        size_t row = of_row ? node : i, column = of_row ? i : node - rows;
        /* the looked at cell's row gives `change`, columns take it back by rows */
        if (search->came_by[next] != NOWHERE ||
            !may_change(search, row, column, of_row ? -change : change)) {
            continue;
        }
        search->came_by[next] = (int)node;
        search->queue[(*inout_filled)++] = next;
        if (of_row && (i == search->column || !search->tally->column_totals)) {
            *ret_end = next;
            return true;
        }
    }
    return false;
}

/* Finds a way for the cell to change by `change`, and goes it. */
static bool
way_go(struct tally_search *search, int change)
{
    size_t rows = search->tally->rows_count, columns = search->tally->columns_count;
    size_t filled = 0, end = 0;
    bool found = false;
    for (size_t i = 0; i < rows + columns; i++) {
        search->came_by[i] = NOWHERE;
    }
    search->came_by[search->row] = (int)search->row;
    search->queue[filled++] = search->row;
    for (size_t at = 0; !found && at < filled; at++) {
        found = step_on(search, search->queue[at], change, &filled, &end);
    }
    for (size_t node = end; found && node != search->row;) {
        size_t before = (size_t)search->came_by[node];
        bool of_row = before < rows;
        size_t row = of_row ? before : node, column = (of_row ? node : before) - rows;
        search->counts[row * columns + column] += of_row ? -change : change;
        node = before;
    }
    return found;
}

static int
values_of(struct tally_search *search, size_t row, size_t column)
{
    const struct bw_report_tally *tally = search->tally;
    const struct bw_report_tally_cell *cell = bw_report_tally_at(tally, row, column);
    bool small = cell->shown == BW_REPORT_TALLY_SMALL;
    int least = small ? 1 : BW_REPORT_TALLY_SMALL_BELOW;
    int most = small ? BW_REPORT_TALLY_SMALL_BELOW - 1 : INT_MAX;
    int values = 1;
    search->row = row;
    search->column = column;
    for (int change = -1; change <= 1 && cell->shown != BW_REPORT_TALLY_PLAIN;
         change += 2) {
        int now = cell->count;
        for (size_t i = 0; i < tally->rows_count * tally->columns_count; i++) {
            search->counts[i] = tally->cells[i].count;
        }
        while (values < VALUES_LEAST && (change < 0 ? now > least : now < most) &&
               way_go(search, change)) {
            now += change;
            values++;
        }
    }
    return values;
}

int
bw_report_tally_values(const struct bw_report_tally *tally, size_t row, size_t column)
{
    struct tally_search search;
    if (!search_init(&search, tally)) {
        return 1; /* nobody may take it for safe */
    }
    int values = values_of(&search, row, column);
    search_finish(&search);
    return values;
}

static bool
is_small(int count)
{
    return count > 0 && count < BW_REPORT_TALLY_SMALL_BELOW;
}

/* Another row to merge with: of its group before others, the nearest of those. */
static size_t
neighbour_of(const struct bw_report_tally_side *sides, size_t count, size_t at)
{
    size_t best = at > 0 ? at - 1 : at + 1;
    for (size_t distance = 1; distance < count; distance++) {
        if (at + distance < count && sides[at + distance].group == sides[at].group) {
            return at + distance;
        }
        if (at >= distance && sides[at - distance].group == sides[at].group) {
            return at - distance;
        }
    }
    return best;
}

/* Of two groups that have a row together. */
static void
groups_join(struct bw_report_tally *tally, int one, int other)
{
    int gone = tally->roots[other], stays = tally->roots[one];
    for (size_t i = 0; i < tally->groups; i++) {
        if (tally->roots[i] == gone) {
            tally->roots[i] = stays;
        }
    }
}

static void
merge_row(struct bw_report_tally *tally, size_t row)
{
    size_t other = neighbour_of(tally->rows, tally->rows_count, row);
    bool first = row < other;
    if (tally->roots) {
        groups_join(tally, tally->rows[row].group, tally->rows[other].group);
    }
    bw_report_tally_merge_rows(tally, first ? row : other, first ? other : row);
}

static void
merge_column(struct bw_report_tally *tally, size_t column)
{
    size_t other = column > 0 ? column - 1 : 1;
    bool first = column < other;
    bw_report_tally_merge_columns(tally, first ? column : other, first ? other : column);
}

/* TA3 */
static void
small_totals_merge(struct bw_report_tally *tally)
{
    for (size_t r = 0; r < tally->rows_count;) {
        if (tally->rows_count > 1 && is_small(bw_report_tally_row_total(tally, r))) {
            merge_row(tally, r);
            r = 0;
        } else {
            r++;
        }
    }
    tally->column_totals = tally->column_totals && tally->rows_count > 1;
    for (size_t c = 0; tally->column_totals && c < tally->columns_count;) {
        if (tally->columns_count > 1 &&
            is_small(bw_report_tally_column_total(tally, c))) {
            merge_column(tally, c);
            c = 0;
        } else {
            c++;
        }
    }
}

/* TA1 */
static void
small_cells_hide(struct bw_report_tally *tally)
{
    for (size_t r = 0; r < tally->rows_count; r++) {
        for (size_t c = 0; c < tally->columns_count; c++) {
            struct bw_report_tally_cell *cell = bw_report_tally_at(tally, r, c);
            bool tells = c == 0 && cell->count > 0 && tally->rows[r].places > 0 &&
                         is_small(tally->rows[r].places - cell->count);
            cell->shown = is_small(cell->count) ? BW_REPORT_TALLY_SMALL
                          : tells               ? BW_REPORT_TALLY_HIDDEN
                                                : BW_REPORT_TALLY_PLAIN;
        }
    }
}

/* Hides the smallest shown cell, not 0, in the row or column; false where none is. */
static bool
companion_hide(struct bw_report_tally *tally, size_t row, size_t column)
{
    struct bw_report_tally_cell *best = NULL;
    for (size_t i = 0; i < tally->rows_count * tally->columns_count; i++) {
        size_t r = i / tally->columns_count, c = i % tally->columns_count;
        struct bw_report_tally_cell *cell = &tally->cells[i];
        bool beside = r == row || (c == column && tally->column_totals);
        if (beside && cell->shown == BW_REPORT_TALLY_PLAIN && cell->count > 0 &&
            (!best || cell->count < best->count)) {
            best = cell;
        }
    }
    if (best) {
        best->shown = BW_REPORT_TALLY_HIDDEN;
    }
    return best != NULL;
}

/* What hiding alone can't protect. The longer side is the one that can spare
 * something. */
static void
shrink(struct bw_report_tally *tally, size_t row, size_t column)
{
    bool by_row = tally->rows_count > 1 &&
                  (tally->columns_count == 1 || tally->rows_count > tally->columns_count);
    if (by_row) {
        merge_row(tally, row);
    } else {
        merge_column(tally, column);
    }
}

/* One round over all cells. True when nothing was left to do. */
static bool
round_go(struct tally_search *search, struct bw_report_tally *tally)
{
    bool safe = true;
    for (size_t r = 0; r < tally->rows_count; r++) {
        for (size_t c = 0; c < tally->columns_count; c++) {
            if (bw_report_tally_at(tally, r, c)->shown == BW_REPORT_TALLY_PLAIN ||
                values_of(search, r, c) >= VALUES_LEAST) {
                continue;
            }
            safe = false;
            if (!companion_hide(tally, r, c)) {
                shrink(tally, r, c);
                small_totals_merge(tally);
                small_cells_hide(tally);
                return false;
            }
        }
    }
    return safe;
}

bool
bw_report_tally_protect(struct bw_report_tally *tally)
{
    struct tally_search search;
    if (!search_init(&search, tally)) {
        return false;
    }
    small_totals_merge(tally);
    small_cells_hide(tally);
    while (tally->rows_count * tally->columns_count > 1 && !round_go(&search, tally)) {
    }
    search_finish(&search);
    return true;
}
