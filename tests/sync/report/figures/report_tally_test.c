/* What may be published of a table of counts, against somebody who tries every table that
 * fits. */
#include "report/figures/report_tally.h"
#include "tests/sync/testing.h"

#include <stdio.h>
#include <string.h>

enum { SIDE_MAX = 3, TABLES = 4000, LARGE_TABLES = 300, LARGE_SIDE = 6 };

static uint32_t seed;

static int
random_below(int limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)limit);
}

static struct bw_report_tally
table_of(size_t rows, size_t columns, bool column_totals, const int *counts)
{
    struct bw_report_tally tally;
    assert_true(bw_report_tally_init(&tally, rows, columns, column_totals));
    for (size_t i = 0; i < rows * columns; i++) {
        tally.cells[i].count = counts[i];
    }
    for (size_t r = 0; r < rows; r++) {
        (void)snprintf(tally.rows[r].name, sizeof tally.rows[r].name, "R%zu", r);
    }
    for (size_t c = 0; c < columns; c++) {
        (void)snprintf(tally.columns[c].name, sizeof tally.columns[c].name, "C%zu", c);
    }
    return tally;
}

/* Small ones often, as in a real matrix. */
static struct bw_report_tally
random_table(size_t rows, size_t columns, bool column_totals, int most)
{
    int counts[LARGE_SIDE * LARGE_SIDE];
    for (size_t i = 0; i < rows * columns; i++) {
        int kind = random_below(4);
        counts[i] = kind == 0   ? 0
                    : kind == 1 ? random_below(most)
                                : random_below(BW_REPORT_TALLY_SMALL_BELOW);
    }
    return table_of(rows, columns, column_totals, counts);
}

/* TA2: somebody who fills in the hidden cells in every way that the totals allow. */
struct attacker {
    const struct bw_report_tally *tally;
    int rows_left[SIDE_MAX], columns_left[SIDE_MAX];
    int guess[SIDE_MAX * SIDE_MAX];
    int least[SIDE_MAX * SIDE_MAX], most[SIDE_MAX * SIDE_MAX];
    int fits;
};

static void
guess_take(struct attacker *attacker)
{
    const struct bw_report_tally *tally = attacker->tally;
    for (size_t c = 0; tally->column_totals && c < tally->columns_count; c++) {
        if (attacker->columns_left[c] != 0) {
            return;
        }
    }
    for (size_t i = 0; i < tally->rows_count * tally->columns_count; i++) {
        int guess = attacker->guess[i];
        bool first = attacker->fits == 0;
        attacker->least[i] =
            first || guess < attacker->least[i] ? guess : attacker->least[i];
        attacker->most[i] =
            first || guess > attacker->most[i] ? guess : attacker->most[i];
    }
    attacker->fits++;
}

static void
guess_from(struct attacker *attacker, size_t at)
{
    const struct bw_report_tally *tally = attacker->tally;
    size_t row = at / tally->columns_count, column = at % tally->columns_count;
    if (at == tally->rows_count * tally->columns_count) {
        guess_take(attacker);
        return;
    }
    const struct bw_report_tally_cell *cell = bw_report_tally_at(tally, row, column);
    int room = attacker->rows_left[row];
    if (tally->column_totals && attacker->columns_left[column] < room) {
        room = attacker->columns_left[column];
    }
    int from = cell->shown == BW_REPORT_TALLY_PLAIN   ? cell->count
               : cell->shown == BW_REPORT_TALLY_SMALL ? 1
                                                      : BW_REPORT_TALLY_SMALL_BELOW;
    int to = cell->shown == BW_REPORT_TALLY_PLAIN   ? cell->count
             : cell->shown == BW_REPORT_TALLY_SMALL ? BW_REPORT_TALLY_SMALL_BELOW - 1
                                                    : room;
    bool last = column + 1 == tally->columns_count;
    for (int guess = from; guess <= to && guess <= room; guess++) {
        if (last && guess != attacker->rows_left[row]) {
            continue;
        }
        attacker->guess[at] = guess;
        attacker->rows_left[row] -= guess;
        attacker->columns_left[column] -= guess;
        guess_from(attacker, at + 1);
        attacker->rows_left[row] += guess;
        attacker->columns_left[column] += guess;
    }
}

static void
attacker_learns_no_hidden_cell(const struct bw_report_tally *tally)
{
    struct attacker attacker = {.tally = tally};
    for (size_t r = 0; r < tally->rows_count; r++) {
        attacker.rows_left[r] = bw_report_tally_row_total(tally, r);
    }
    for (size_t c = 0; c < tally->columns_count; c++) {
        attacker.columns_left[c] = bw_report_tally_column_total(tally, c);
    }
    guess_from(&attacker, 0);
    assert_true(attacker.fits > 0); /* the truth is one of them */
    for (size_t i = 0; i < tally->rows_count * tally->columns_count; i++) {
        bool alone = tally->rows_count * tally->columns_count == 1;
        if (tally->cells[i].shown != BW_REPORT_TALLY_PLAIN && !alone &&
            attacker.most[i] - attacker.least[i] < 2) {
            fail_msg("cell %zu of table %u is %d to %d", i, seed, attacker.least[i],
                attacker.most[i]);
        }
    }
}

/* TA1 and TA3: no small count or total is shown, and nobody is lost. */
static void
check_what_is_shown(const struct bw_report_tally *tally, int total)
{
    bool alone = tally->rows_count * tally->columns_count == 1;
    assert_int_equal(bw_report_tally_total(tally), total);
    for (size_t i = 0; i < tally->rows_count * tally->columns_count; i++) {
        int count = tally->cells[i].count;
        bool small = count > 0 && count < BW_REPORT_TALLY_SMALL_BELOW;
        assert_false(small && tally->cells[i].shown != BW_REPORT_TALLY_SMALL && !alone);
    }
    for (size_t r = 0; tally->rows_count > 1 && r < tally->rows_count; r++) {
        int row = bw_report_tally_row_total(tally, r);
        assert_true(row == 0 || row >= BW_REPORT_TALLY_SMALL_BELOW);
    }
    for (size_t c = 0; tally->column_totals && c < tally->columns_count; c++) {
        int column = bw_report_tally_column_total(tally, c);
        assert_true(column == 0 || column >= BW_REPORT_TALLY_SMALL_BELOW ||
                    tally->columns_count == 1);
    }
}

static void
who_tries_every_table_that_fits_learns_no_hidden_count(void **state)
{
    (void)state;
    seed = 20250506;
    for (int i = 0; i < TABLES; i++) {
        size_t rows = 1 + (size_t)random_below(SIDE_MAX);
        size_t columns = 1 + (size_t)random_below(SIDE_MAX);
        struct bw_report_tally tally =
            random_table(rows, columns, random_below(4) != 0, 16);
        int total = bw_report_tally_total(&tally);
        assert_true(bw_report_tally_protect(&tally));
        check_what_is_shown(&tally, total);
        attacker_learns_no_hidden_cell(&tally);
        bw_report_tally_finish(&tally);
    }
}

/* A row's or column's only hidden cell is its total less the others. */
static void
no_row_or_column_of_a_large_table_has_one_hidden_cell(void **state)
{
    (void)state;
    seed = 1100;
    for (int i = 0; i < LARGE_TABLES; i++) {
        struct bw_report_tally tally = random_table(LARGE_SIDE, LARGE_SIDE, true, 120);
        int total = bw_report_tally_total(&tally);
        assert_true(bw_report_tally_protect(&tally));
        check_what_is_shown(&tally, total);
        for (size_t at = 0; at < tally.rows_count * tally.columns_count; at++) {
            size_t row = at / tally.columns_count, column = at % tally.columns_count;
            int in_row = 0, in_column = 0;
            for (size_t c = 0; c < tally.columns_count; c++) {
                in_row +=
                    bw_report_tally_at(&tally, row, c)->shown != BW_REPORT_TALLY_PLAIN;
            }
            for (size_t r = 0; r < tally.rows_count; r++) {
                in_column +=
                    bw_report_tally_at(&tally, r, column)->shown != BW_REPORT_TALLY_PLAIN;
            }
            if (tally.cells[at].shown != BW_REPORT_TALLY_PLAIN) {
                assert_true(in_row > 1 && in_column > 1);
                assert_int_equal(bw_report_tally_values(&tally, row, column), 3);
            }
        }
        bw_report_tally_finish(&tally);
    }
}

static void
table_without_small_counts_stays_as_it_is(void **state)
{
    (void)state;
    const int counts[] = {114, 0, 9, 71};
    struct bw_report_tally tally = table_of(2, 2, true, counts);
    assert_true(bw_report_tally_protect(&tally));
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(tally.cells[i].shown, BW_REPORT_TALLY_PLAIN);
        assert_int_equal(tally.cells[i].count, counts[i]);
    }
    assert_int_equal(tally.rows_count, 2);
    bw_report_tally_finish(&tally);
}

static void
one_small_count_takes_others_with_it(void **state)
{
    (void)state;
    const int counts[] = {40, 3, 40, 30, 20, 50, 60, 70, 80};
    char text[BW_REPORT_TALLY_TEXT_BYTES];
    struct bw_report_tally tally = table_of(3, 3, true, counts);
    assert_true(bw_report_tally_protect(&tally));
    bw_report_tally_text(bw_report_tally_at(&tally, 0, 1), text);
    assert_string_equal(text, "<5");
    bw_report_tally_text(bw_report_tally_at(&tally, 1, 1), text);
    assert_string_equal(text, "•");
    bw_report_tally_text(bw_report_tally_at(&tally, 2, 2), text);
    assert_string_equal(text, "80");
    bw_report_tally_finish(&tally);
}

static void
row_with_a_small_total_joins_one_of_its_group(void **state)
{
    (void)state;
    const int counts[] = {2, 1, 30, 20, 40, 10};
    struct bw_report_tally tally = table_of(3, 2, true, counts);
    tally.rows[1].group = 7;
    assert_true(bw_report_tally_protect(&tally));
    assert_int_equal(tally.rows_count, 2);
    assert_string_equal(tally.rows[0].name, "R0 + R2");
    assert_int_equal(bw_report_tally_row_total(&tally, 0), 53);
    bw_report_tally_finish(&tally);
}

/* Who knows the places would know who didn't come. */
static void
few_empty_places_hide_how_many_came(void **state)
{
    (void)state;
    const int counts[] = {47, 20, 40, 30, 30, 30};
    struct bw_report_tally tally = table_of(3, 2, true, counts);
    tally.rows[0].places = 50;
    tally.rows[1].places = 50;
    assert_true(bw_report_tally_protect(&tally));
    assert_int_equal(bw_report_tally_at(&tally, 0, 0)->shown, BW_REPORT_TALLY_HIDDEN);
    assert_int_equal(bw_report_tally_at(&tally, 0, 1)->shown, BW_REPORT_TALLY_HIDDEN);
    bw_report_tally_finish(&tally);
}

static void
names_that_dont_fit_end_with_an_ellipsis(void **state)
{
    (void)state;
    struct bw_report_tally tally;
    assert_true(bw_report_tally_init(&tally, 60, 1, true));
    for (size_t r = 0; r < 60; r++) {
        (void)snprintf(tally.rows[r].name, sizeof tally.rows[r].name, "Leerkring %zu", r);
        bw_report_tally_at(&tally, r, 0)->count = 1;
    }
    assert_true(bw_report_tally_protect(&tally));
    for (size_t r = 0; r < tally.rows_count; r++) {
        assert_true(strlen(tally.rows[r].name) < BW_REPORT_TALLY_NAME_BYTES);
        assert_true(bw_report_tally_row_total(&tally, r) >= BW_REPORT_TALLY_SMALL_BELOW);
    }
    bw_report_tally_finish(&tally);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_tries_every_table_that_fits_learns_no_hidden_count),
        cmocka_unit_test(no_row_or_column_of_a_large_table_has_one_hidden_cell),
        cmocka_unit_test(table_without_small_counts_stays_as_it_is),
        cmocka_unit_test(one_small_count_takes_others_with_it),
        cmocka_unit_test(row_with_a_small_total_joins_one_of_its_group),
        cmocka_unit_test(few_empty_places_hide_how_many_came),
        cmocka_unit_test(names_that_dont_fit_end_with_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
