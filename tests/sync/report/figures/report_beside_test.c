/* Two published tables of the same people, against somebody who subtracts one from the
 * other, and who tries every table that fits both. */
#include "report/figures/report_beside.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_MAX = 4, COLUMNS = 3, PAIRS = 6000, MOST = 14 };

static uint32_t seed;

static int
random_below(int limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)limit);
}

/* Protected, with keys that say what each row and column is of. */
static struct bw_report_tally
published(size_t rows, size_t columns, int counts[][COLUMNS])
{
    struct bw_report_tally tally;
    assert_true(bw_report_tally_init(&tally, rows, columns, rows > 1));
    for (size_t r = 0; r < rows; r++) {
        (void)snprintf(tally.row_parts[r].key, sizeof tally.row_parts[r].key, "r%zu", r);
        for (size_t c = 0; c < columns; c++) {
            bw_report_tally_at(&tally, r, c)->count = counts[r][c];
        }
    }
    for (size_t c = 0; c < columns; c++) {
        (void)snprintf(
            tally.column_parts[c].key, sizeof tally.column_parts[c].key, "c%zu", c);
    }
    assert_true(bw_report_tally_protect(&tally));
    return tally;
}

/* ---- who subtracts ---- */

/* The sum over a set of rows and columns (bits) as a report tells it; -1 where it
 * doesn't. The sets are whole rows and columns of it, or nothing is told. */
static int
sum_told(const struct bw_report_tally *tally, unsigned rows, unsigned columns)
{
    unsigned all_columns = (1u << tally->column_parts_count) - 1;
    unsigned of_row[ROWS_MAX] = {0}, of_column[COLUMNS] = {0};
    int sum = 0;
    for (size_t i = 0; i < tally->row_parts_count; i++) {
        of_row[tally->row_parts[i].at] |= 1u << i;
    }
    for (size_t i = 0; i < tally->column_parts_count; i++) {
        of_column[tally->column_parts[i].at] |= 1u << i;
    }
    for (size_t r = 0; r < tally->rows_count; r++) {
        if ((of_row[r] & rows) == 0) {
            continue;
        }
        if ((of_row[r] & ~rows) != 0) {
            return -1;
        }
        int total = bw_report_tally_row_total(tally, r);
        if (columns == all_columns && (total == 0 || total >= 5)) {
            sum += total;
            continue;
        }
        for (size_t c = 0; c < tally->columns_count; c++) {
            const struct bw_report_tally_cell *cell = bw_report_tally_at(tally, r, c);
            if ((of_column[c] & columns) == 0) {
                continue;
            }
            if ((of_column[c] & ~columns) != 0 || cell->shown != BW_REPORT_TALLY_PLAIN) {
                return -1;
            }
            sum += cell->count;
        }
    }
    return sum;
}

/* BE1: rows that a report doesn't have yet are nobody in it. */
static void
who_subtracts_finds_no_few(
    const struct bw_report_tally *before, const struct bw_report_tally *now)
{
    unsigned old = (1u << before->row_parts_count) - 1;
    for (unsigned rows = 1; rows < 1u << now->row_parts_count; rows++) {
        for (unsigned columns = 1; columns < 1u << now->column_parts_count; columns++) {
            int was = sum_told(before, rows & old, columns);
            int is = sum_told(now, rows, columns);
            int by = is > was ? is - was : was - is;
            if (was >= 0 && is >= 0 && by > 0 && by < 5) {
                fail_msg("rows %x, columns %x of pair %u: %d, then %d", rows, columns,
                    seed, was, is);
            }
        }
    }
}

/* ---- who tries all that fits ---- */

/* BE2, BE3: the later table's cells, where the earlier's rows are its first ones and
 * haven't changed. */
struct attacker {
    const struct bw_report_tally *now;
    size_t old_rows;
    bool old_totals;
    bool known[ROWS_MAX][COLUMNS];
    int guess[ROWS_MAX][COLUMNS], least[ROWS_MAX][COLUMNS], most[ROWS_MAX][COLUMNS];
    int row_left[ROWS_MAX], column_left[COLUMNS], old_left[COLUMNS];
    int fits;
};

static void
guess_take(struct attacker *a)
{
    for (size_t c = 0; c < a->now->columns_count; c++) {
        if ((a->now->column_totals && a->column_left[c] != 0) ||
            (a->old_totals && a->old_left[c] != 0)) {
            return;
        }
    }
    for (size_t r = 0; r < a->now->rows_count; r++) {
        for (size_t c = 0; c < a->now->columns_count; c++) {
            int guess = a->guess[r][c];
            bool first = a->fits == 0;
            a->least[r][c] = first || guess < a->least[r][c] ? guess : a->least[r][c];
            a->most[r][c] = first || guess > a->most[r][c] ? guess : a->most[r][c];
        }
    }
    a->fits++;
}

static void
guess_from(struct attacker *a, size_t at)
{
    size_t columns = a->now->columns_count;
    if (at == a->now->rows_count * columns) {
        guess_take(a);
        return;
    }
    size_t r = at / columns, c = at % columns;
    const struct bw_report_tally_cell *cell = bw_report_tally_at(a->now, r, c);
    bool small = cell->count > 0 && cell->count < BW_REPORT_TALLY_SMALL_BELOW;
    int from = a->known[r][c] ? cell->count : small ? 1 : 5;
    int to = a->known[r][c] ? cell->count : small ? 4 : a->row_left[r];
    for (int guess = from; guess <= to && guess <= a->row_left[r]; guess++) {
        if (c + 1 == columns && guess != a->row_left[r]) {
            continue;
        }
        a->guess[r][c] = guess;
        a->row_left[r] -= guess;
        a->column_left[c] -= guess;
        a->old_left[c] -= r < a->old_rows ? guess : 0;
        guess_from(a, at + 1);
        a->row_left[r] += guess;
        a->column_left[c] += guess;
        a->old_left[c] += r < a->old_rows ? guess : 0;
    }
}

static void
who_tries_all_learns_no_hidden_count(
    const struct bw_report_tally *before, const struct bw_report_tally *now)
{
    struct attacker a = {
        .now = now, .old_rows = before->rows_count, .old_totals = before->column_totals};
    for (size_t r = 0; r < now->rows_count; r++) {
        a.row_left[r] = bw_report_tally_row_total(now, r);
        for (size_t c = 0; c < now->columns_count; c++) {
            bool shown = bw_report_tally_at(now, r, c)->shown == BW_REPORT_TALLY_PLAIN;
            bool was = r < a.old_rows &&
                       bw_report_tally_at(before, r, c)->shown == BW_REPORT_TALLY_PLAIN;
            a.known[r][c] = shown || was;
        }
    }
    for (size_t c = 0; c < now->columns_count; c++) {
        a.column_left[c] = bw_report_tally_column_total(now, c);
        a.old_left[c] = bw_report_tally_column_total(before, c);
    }
    guess_from(&a, 0);
    assert_true(a.fits > 0); /* the truth is one of them */
    for (size_t r = 0; r < now->rows_count; r++) {
        for (size_t c = 0; c < now->columns_count; c++) {
            bool shown = bw_report_tally_at(now, r, c)->shown == BW_REPORT_TALLY_PLAIN;
            if (!shown && a.most[r][c] - a.least[r][c] < 2) {
                fail_msg("row %zu, column %zu of pair %u is %d to %d", r, c, seed,
                    a.least[r][c], a.most[r][c]);
            }
        }
    }
}

/* ---- pairs ---- */

/* Counts of people, few of them often. */
static void
counts_fill(int counts[][COLUMNS], size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            int kind = random_below(5);
            counts[r][c] = kind == 0   ? 0
                           : kind == 1 ? random_below(5)
                                       : 5 + random_below(MOST);
        }
    }
}

/* A later report has another circle or two, or some more people in those that it has. */
static void
pairs_that_pass_give_nobody_away(void **state)
{
    (void)state;
    int passed = 0, tried_all = 0;
    seed = 20251129;
    for (int i = 0; i < PAIRS; i++) {
        int counts[ROWS_MAX][COLUMNS];
        size_t rows = 1 + (size_t)random_below(ROWS_MAX - 1);
        size_t more = (size_t)random_below((int)(ROWS_MAX - rows) + 1);
        counts_fill(counts, ROWS_MAX);
        struct bw_report_tally before = published(rows, COLUMNS, counts);
        if (more == 0) {
            counts[random_below((int)rows)][random_below(COLUMNS)] += random_below(9);
        }
        struct bw_report_tally now = published(rows + more, COLUMNS, counts);
        enum bw_report_beside answer = bw_report_tally_beside(&before, &now);
        assert_int_not_equal(answer, BW_REPORT_BESIDE_NO_MEMORY);
        if (answer == BW_REPORT_BESIDE_SAFE) {
            passed++;
            who_subtracts_finds_no_few(&before, &now);
            if (more > 0 && before.rows_count == rows && now.rows_count == rows + more &&
                before.columns_count == COLUMNS && now.columns_count == COLUMNS) {
                tried_all++;
                who_tries_all_learns_no_hidden_count(&before, &now);
            }
        }
        bw_report_tally_finish(&before);
        bw_report_tally_finish(&now);
    }
    assert_true(passed > PAIRS / 20);
    assert_true(tried_all > PAIRS / 200);
}

static void
the_same_report_again_tells_nothing(void **state)
{
    (void)state;
    int counts[ROWS_MAX][COLUMNS] = {{40, 6, 2}, {30, 8, 4}};
    struct bw_report_tally one = published(2, COLUMNS, counts);
    struct bw_report_tally other = published(2, COLUMNS, counts);
    assert_int_equal(bw_report_tally_beside(&one, &other), BW_REPORT_BESIDE_SAFE);
    bw_report_tally_finish(&one);
    bw_report_tally_finish(&other);
}

/* One who came late is what version 2 has more than version 1. */
static void
one_more_in_a_later_version_tells(void **state)
{
    (void)state;
    int counts[ROWS_MAX][COLUMNS] = {{40, 6, 12}, {30, 8, 24}};
    struct bw_report_tally before = published(2, COLUMNS, counts);
    counts[1][2]++;
    struct bw_report_tally now = published(2, COLUMNS, counts);
    assert_int_equal(bw_report_tally_beside(&before, &now), BW_REPORT_BESIDE_TELLS);
    assert_int_equal(bw_report_tally_beside(&now, &before), BW_REPORT_BESIDE_TELLS);
    bw_report_tally_finish(&now);
    counts[1][2] += 9;
    now = published(2, COLUMNS, counts);
    assert_int_equal(bw_report_tally_beside(&before, &now), BW_REPORT_BESIDE_SAFE);
    bw_report_tally_finish(&before);
    bw_report_tally_finish(&now);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_that_pass_give_nobody_away),
        cmocka_unit_test(the_same_report_again_tells_nothing),
        cmocka_unit_test(one_more_in_a_later_version_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
