/* Module grids: any cells, corrected, mended, drawn and read by zbar. What leaves the
 * reader must be what reader.h says, whatever the symbol says: ECI, structured append,
 * any mode. */
#include "fuzz.h"

#include "scan/qr/symbol/clean.h"
#include "scan/qr/symbol/codewords.h"
#include "scan/qr/grid/equalise.h"
#include "scan/qr/text/reader.h"

#include <stdbool.h>
#include <string.h>

enum { VERSION_MAX = 12, CORRECT = 0x40 };

static void
check(const struct bw_reading *reading)
{
    FUZZ_CHECK(reading->text_bytes < sizeof reading->text);
    FUZZ_CHECK(reading->text[reading->text_bytes] == '\0');
    FUZZ_CHECK((reading->kind == BW_READING_REFUSED) == (reading->text_bytes == 0));
    for (size_t i = 0; i < reading->text_bytes; i++) {
        unsigned char c = (unsigned char)reading->text[i];
        bool blank = c == '\t' || c == '\n' || c == '\r';
        FUZZ_CHECK(blank || (c >= 0x20 && c != 0x7f));
        FUZZ_CHECK(c < 0x80 || reading->kind == BW_READING_UTF8);
    }
}

/* The bytes as greys: what a blurred picture would say of each module. A symbol that was
 * corrected has nothing left to correct. */
static void
correct(const uint8_t *bytes, size_t length, int modules, const int8_t *pattern,
    uint32_t format, uint8_t *cells)
{
    static struct bw_codewords codewords;
    static struct bw_sampled sampled;
    static struct bw_equalise equalise;
    static float sure[BW_SYMBOL_CELLS];
    for (int i = 0; i < modules * modules; i++) {
        int turned = bytes[(size_t)i % length] / 2;
        sampled.grey[i] = (float)(cells[i] ? turned : 255 - turned);
    }
    bw_grid_decide(modules, 4, &sampled);
    bw_equalise_run(&equalise, modules, pattern, &sampled, sure);
    bw_codewords_place(&codewords, modules, pattern);
    FUZZ_CHECK(codewords.count > 0 && codewords.count <= BW_CODEWORDS_MAX);
    if (bw_codewords_correct(&codewords, format, sure, cells, NULL)) {
        FUZZ_CHECK(bw_codewords_correct(&codewords, format, NULL, cells, NULL));
    }
}

/* A byte for the version and what is done, then cells, eight a byte;
 * what is missing is light. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static int8_t pattern[BW_SYMBOL_CELLS];
    static uint8_t cells[BW_SYMBOL_CELLS];
    static uint8_t pixels[BW_CLEAN_SIDE_MAX * BW_CLEAN_SIDE_MAX];
    static struct bw_reading readings[BW_READER_TEXTS];
    if (length < 2) {
        return 0;
    }
    int modules = 21 + 4 * (bytes[0] % VERSION_MAX), wrong = 0;
    for (int i = 0; i < modules * modules; i++) {
        size_t at = 1 + (size_t)i / 8;
        cells[i] = at < length && (bytes[at] >> (7 - i % 8) & 1);
    }
    if (bytes[0] & 0x80) {
        bw_clean_transpose(modules, cells);
    }
    bw_symbol_pattern(modules, pattern);
    uint32_t format = bw_symbol_read_format(modules, cells, &wrong);
    FUZZ_CHECK(wrong >= 0 && wrong <= 30);
    bw_clean_mend(modules, pattern, format, cells);
    if (bytes[0] & CORRECT) {
        correct(bytes, length, modules, pattern, format, cells);
    }
    int side = bw_clean_draw(modules, cells, pixels);
    struct bw_scan_reader *reader = NULL;
    FUZZ_CHECK(bw_scan_reader_create(&reader, NULL) == BW_OK);
    int found = bw_scan_reader_read(reader, pixels, side, side, readings);
    for (int i = 0; i < found; i++) {
        check(&readings[i]);
    }
    bw_scan_reader_destroy(reader);
    return 0;
}
