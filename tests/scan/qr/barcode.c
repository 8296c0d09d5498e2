/* Widths and patterns of GS1 (EAN-13, Code 128), ISO/IEC 15438, 16022, 24778 and 18004.
 * Every barcode is drawn into its cells run by run or module by module. */
#include "barcode.h"

#include "render.h"
#include "scan/qr/symbol/symbol.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

enum { BARS_HIGH = 40 };

/* One line of a barcode, from the left; bars and spaces take turns. */
struct line {
    uint8_t cells[177];
    int at;
};

static void
add_runs(struct line *line, const char *widths, bool dark)
{
    for (; *widths; widths++, dark = !dark) {
        for (int i = *widths - '0'; i > 0 && line->at < 177; i--) {
            line->cells[line->at++] = dark;
        }
    }
}

static void
stand_up(const struct line *line, int from, int to, struct scan_barcode *barcode)
{
    barcode->width = line->at;
    barcode->height = to;
    for (int y = from; y < to; y++) {
        memcpy(barcode->cells + y * line->at, line->cells, (size_t)line->at);
    }
}

static int
any_below(uint32_t *seed, int count)
{
    return (int)(scan_random(seed) * count);
}

static void
make_ean_13(uint32_t *seed, struct scan_barcode *barcode)
{
    static const char *const odd[10] = {
        "3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"};
    static const char *const even[10] = {
        "1123", "1222", "2212", "1141", "2311", "1321", "4111", "2131", "3121", "2113"};
    static const int parity[10] = {0, 11, 13, 14, 19, 25, 28, 21, 22, 26};
    struct line line = {.at = 0};
    int digits[13], sum = 0;
    for (int i = 0; i < 12; i++) {
        digits[i] = any_below(seed, 10);
        sum += digits[i] * (i % 2 ? 3 : 1);
    }
    digits[12] = (10 - sum % 10) % 10;
    add_runs(&line, "111", true);
    for (int i = 1; i < 13; i++) {
        bool is_even = i < 7 && parity[digits[0]] >> (6 - i) & 1;
        if (i == 7) {
            add_runs(&line, "11111", false);
        }
        add_runs(&line, is_even ? even[digits[i]] : odd[digits[i]], i >= 7);
    }
    add_runs(&line, "111", true);
    stand_up(&line, 0, BARS_HIGH, barcode);
}

/* Digits in pairs (code set C): the values 0 to 99 are all that is needed. */
static void
make_code_128(uint32_t *seed, struct scan_barcode *barcode)
{
    static const char widths[] =
        "212222222122222221121223121322131222122213122312132212221213221312231212112232"
        "122132122231113222123122123221223211221132221231213212223112312131311222321122"
        "321221312212322112322211212123212321232121111323131123131321112313132113132311"
        "211313231113231311112133112331132131113123113321133121313121211331231131213113"
        "213311213131311123311321331121312113312311332111314111221411431111111224111422"
        "121124121421141122141221112214112412122114122411142112142211241211221114413111"
        "241112134111111242121142121241114212124112124211411212421112421211212141214121"
        "412121111143111341131141114113114311411113411311113141114131311141411131";
    struct line line = {.at = 0};
    int sum = 105;
    add_runs(&line, "211232", true);
    for (int i = 1; i <= 11; i++) {
        int value = i < 11 ? any_below(seed, 100) : sum % 103;
        char one[7] = {0};
        memcpy(one, &widths[6 * value], 6);
        add_runs(&line, one, true);
        sum += i * value;
    }
    add_runs(&line, "2331112", true);
    stand_up(&line, 0, BARS_HIGH, barcode);
}

/* Any code word of the cluster: four bars and four spaces of 1 to 6, 17 in all. */
static void
add_pdf417_word(struct line *line, int cluster, uint32_t *seed)
{
    char widths[9] = {0};
    for (;;) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            widths[i] = (char)('1' + any_below(seed, 4));
            sum += widths[i] - '0';
        }
        int is = (widths[0] - widths[2] + widths[4] - widths[6] + 9) % 9;
        if (sum == 17 && is == cluster * 3) {
            break;
        }
    }
    add_runs(line, widths, true);
}

static void
make_pdf417(uint32_t *seed, struct scan_barcode *barcode)
{
    enum { ROWS = 12, ROW_HIGH = 3, WORDS = 6 };
    for (int row = 0; row < ROWS; row++) {
        struct line line = {.at = 0};
        add_runs(&line, "81111113", true);
        for (int i = 0; i < WORDS; i++) {
            add_pdf417_word(&line, row % 3, seed);
        }
        add_runs(&line, "711311121", true);
        stand_up(&line, row * ROW_HIGH, (row + 1) * ROW_HIGH, barcode);
    }
}

static void
make_data_matrix(uint32_t *seed, struct scan_barcode *barcode)
{
    enum { SIDE = 26 };
    barcode->width = barcode->height = SIDE;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int x = i % SIDE, y = i / SIDE;
        bool dark = x == 0 || y == SIDE - 1 ? true
                    : y == 0                ? x % 2 == 0
                    : x == SIDE - 1         ? y % 2 == 1
                                            : scan_random(seed) < 0.5;
        barcode->cells[i] = dark;
    }
}

static void
make_aztec(uint32_t *seed, struct scan_barcode *barcode)
{
    enum { SIDE = 27, MIDDLE = SIDE / 2 };
    static const struct {
        int x, y;
    } marks[] = {{-5, -5}, {-4, -5}, {-5, -4}, {5, -5}, {5, -4}, {5, 4}};
    barcode->width = barcode->height = SIDE;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int x = abs(i % SIDE - MIDDLE), y = abs(i / SIDE - MIDDLE), ring = x > y ? x : y;
        bool corner = ring == 5 && x >= 4 && y >= 4;
        bool dark = ring < 5 ? ring % 2 == 0 : !corner && scan_random(seed) < 0.5;
        barcode->cells[i] = dark;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        barcode->cells[(MIDDLE + marks[i].y) * SIDE + MIDDLE + marks[i].x] = 1;
    }
}

static void
take_code(QRcode *code, struct scan_barcode *barcode)
{
    if (!code) {
        abort();
    }
    barcode->width = barcode->height = code->width;
    for (int i = 0; i < code->width * code->width; i++) {
        barcode->cells[i] = code->data[i] & 1;
    }
}

static void
make_micro(uint32_t *seed, struct scan_barcode *barcode)
{
    int version = 1 + any_below(seed, 4);
    QRcode *code = QRcode_encodeStringMQR(
        "10210", version, version == 1 ? QR_ECLEVEL_L : QR_ECLEVEL_M, QR_MODE_8, 1);
    code = code ? code
                : QRcode_encodeStringMQR("10210", version, QR_ECLEVEL_L, QR_MODE_8, 1);
    take_code(code, barcode);
    QRcode_free(code);
}

/* No alignment patterns, another mask over the format, and extension patterns along the
 * far edges; the data of model 2 says nothing there. */
static void
make_model_1(uint32_t *seed, struct scan_barcode *barcode)
{
    int version = 1 + any_below(seed, 6), wrong = 0;
    QRcode *code = QRcode_encodeString("MODEL 1", version, QR_ECLEVEL_M, QR_MODE_8, 1);
    take_code(code, barcode);
    QRcode_free(code);
    int side = barcode->width;
    uint32_t format = bw_symbol_read_format(side, barcode->cells, &wrong);
    bw_symbol_write_format(side, format ^ 0x5412 ^ 0x2825, barcode->cells);
    for (int i = 0; i < 25 && version > 1; i++) {
        int x = side - 9 + i % 5, y = side - 9 + i / 5;
        barcode->cells[y * side + x] = scan_random(seed) < 0.5;
    }
    for (int i = 12; i + 12 < side; i += 8) {
        for (int k = 0; k < 8; k++) {
            uint8_t dark = k < 4 && (k == 0 || k == 3) ? 1 : k < 4;
            barcode->cells[(i + k % 4) * side + side - 1 - k / 4] = dark;
            barcode->cells[(side - 1 - k / 4) * side + i + k % 4] = dark;
        }
    }
}

static void
make_part(uint32_t *seed, struct scan_barcode *barcode)
{
    static const char text[] = "BW1:ONE OF SEVERAL PARTS, AND THE OTHERS ARE AT HOME";
    QRinput *input = QRinput_new2(2, QR_ECLEVEL_M);
    QRinput_append(input, QR_MODE_8, sizeof text - 1, (const unsigned char *)text);
    QRinput_Struct *parts = QRinput_splitQRinputToStruct(input);
    QRcode_List *codes = QRcode_encodeInputStructured(parts), *one = codes;
    for (int i = any_below(seed, QRcode_List_size(codes)); i > 0; i--) {
        one = one->next;
    }
    take_code(one->code, barcode);
    QRcode_List_free(codes);
    QRinput_Struct_free(parts);
    QRinput_free(input);
}

void
scan_barcode_make(
    enum scan_barcode_kind kind, uint32_t *seed, struct scan_barcode *ret_barcode)
{
    static void (*const makers[])(uint32_t *, struct scan_barcode *) = {
        [SCAN_EAN_13] = make_ean_13,
        [SCAN_CODE_128] = make_code_128,
        [SCAN_PDF417] = make_pdf417,
        [SCAN_DATA_MATRIX] = make_data_matrix,
        [SCAN_AZTEC] = make_aztec,
        [SCAN_MICRO_QR] = make_micro,
        [SCAN_MODEL_1] = make_model_1,
        [SCAN_PART] = make_part,
    };
    makers[kind](seed, ret_barcode);
}
