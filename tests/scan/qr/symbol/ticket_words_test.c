/* What is known of a ticket's symbol, against symbols that libqrencode made. */
#include "scan/qr/symbol/ticket_words.h"

#include "tests/scan/qr/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Of tickets with other keys, sessions and signatures. */
static const char *const tickets[] = {
    "BW1:V500000A090N5V3Z20TGDAKQ0H88DGA79TOMX:I3XUS1T7UP %O$XMT$VHHJ5OGC0FD40OWIZ1FTGD/"
    "09OIE7OQAJCS95F7KRNFM-R5JEPO0%9HD0",
    "BW1:N60% /7906ZVMXMH50V60%CB8B5YI06AH817BL0USJ97M3%2JC6$5J4ZM6CI.8KQ86L4EPBDL6N "
    "%QWYQZ6P2VL$$4PAWUFNY5AR LJR2OZD$V0A5",
};
enum { TICKETS = sizeof tickets / sizeof *tickets, KNOWN = 35 + 3 + 7 + 24 };

static struct scan_symbol symbol;
static struct bw_codewords codewords;
static int8_t pattern[BW_SYMBOL_CELLS], told[BW_SYMBOL_CELLS];

/* How many modules are told of a text's symbol when every so many-eth is turned over
 * (0: none); all that is told is as it was drawn. */
static int
told_of(const char *text, int version, int level, int spoil_every)
{
    int wrong = 0, count = 0;
    assert_true(scan_symbol_encode(text, version, level, &symbol));
    uint32_t format = bw_symbol_read_format(symbol.modules, symbol.cells, &wrong);
    uint8_t cells[BW_SYMBOL_CELLS];
    bw_symbol_pattern(symbol.modules, pattern);
    bw_codewords_place(&codewords, symbol.modules, pattern);
    memcpy(told, pattern, sizeof told);
    memcpy(cells, symbol.cells, sizeof cells);
    for (int i = 0; spoil_every > 0 && i < 8 * codewords.count; i += spoil_every) {
        cells[codewords.cell[i]] ^= 1;
    }
    bw_ticket_words_tell(&codewords, format, cells, told);
    for (int i = 0; i < 8 * codewords.count; i++) {
        int cell = codewords.cell[i];
        count += told[cell] >= 0;
        assert_true(told[cell] < 0 || told[cell] == (int)symbol.cells[cell]);
    }
    return count;
}

static void
head_and_end_of_every_ticket_are_told(void **state)
{
    (void)state;
    for (int i = 0; i < TICKETS; i++) {
        assert_int_equal(strlen(tickets[i]), 117);
        assert_int_equal(told_of(tickets[i], 5, 1, 0), KNOWN);
        assert_int_equal(told_of(tickets[i], 5, 1, 7), KNOWN);
    }
}

static void
nothing_is_told_of_what_is_no_ticket_of_ours(void **state)
{
    (void)state;
    assert_int_equal(told_of(tickets[0], 6, 1, 0), 0);
    assert_int_equal(told_of(tickets[0], 5, 0, 0), 0);
    assert_int_equal(told_of("https://example.org/leerkring", 5, 1, 0), 0);
    assert_int_equal(told_of(tickets[0], 5, 1, 2), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(head_and_end_of_every_ticket_are_told),
        cmocka_unit_test(nothing_is_told_of_what_is_no_ticket_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
