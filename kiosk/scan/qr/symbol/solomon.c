/* Syndromes, Berlekamp and Massey from the erasures on, Chien, Forney; and at the end the
 * syndromes again, for a decoder that gets beyond its reach must not invent. Pure. */
#include "solomon.h"

#include <stdbool.h>
#include <string.h>

enum { CHECKS_MAX = BW_SOLOMON_CHECKS_MAX, ORDER = 255 };

/* Powers of a, twice round, and their logarithms; the same for all, written once. */
struct field {
    uint8_t power[2 * ORDER];
    uint8_t log[ORDER + 1];
};

/* A polynomial, the constant first. */
typedef uint8_t poly[CHECKS_MAX + 1];

static const struct field *
field_of(void)
{
    static _Thread_local struct field field;
    if (!field.power[0]) {
        unsigned value = 1;
        for (int i = 0; i < ORDER; i++) {
            field.power[i] = field.power[i + ORDER] = (uint8_t)value;
            field.log[value] = (uint8_t)i;
            value = value << 1 ^ (value >> 7) * 0x11d;
        }
    }
    return &field;
}

static uint8_t
times(const struct field *field, uint8_t a, uint8_t b)
{
    return a && b ? field->power[field->log[a] + field->log[b]] : 0;
}

/* True where all are 0. */
static bool
syndromes(const struct field *field, const uint8_t *words, int count, int checks,
    uint8_t *ret_syndrome)
{
    uint8_t any = 0;
    for (int i = 0; i < checks; i++) {
        uint8_t sum = 0;
        for (int k = 0; k < count; k++) {
            sum = (uint8_t)((sum ? field->power[field->log[sum] + i] : 0) ^ words[k]);
        }
        ret_syndrome[i] = sum;
        any |= sum;
    }
    return any == 0;
}

/* The product of (1 - X x) over the erased places. */
static void
erasure_locator(const struct field *field, int count, const uint8_t *erased, int erasures,
    poly ret_locator)
{
    memset(ret_locator, 0, sizeof(poly));
    ret_locator[0] = 1;
    for (int i = 0; i < erasures; i++) {
        uint8_t x = field->power[count - 1 - erased[i]];
        for (int k = i + 1; k > 0; k--) {
            ret_locator[k] ^= times(field, x, ret_locator[k - 1]);
        }
    }
}

/* Berlekamp and Massey: the locator of all that is wrong. */
static void
extend(const struct field *field, const uint8_t *syndrome, int checks, int erasures,
    poly locator)
{
    poly other, next;
    int length = erasures;
    memcpy(other, locator, sizeof other);
    for (int r = erasures + 1; r <= checks; r++) {
        uint8_t off = 0;
        for (int i = 0; i < r; i++) {
            off ^= times(field, locator[i], syndrome[r - i - 1]);
        }
        memmove(other + 1, other, CHECKS_MAX);
        other[0] = 0;
        if (!off) {
            continue;
        }
        for (int i = 0; i <= CHECKS_MAX; i++) {
            next[i] = locator[i] ^ times(field, off, other[i]);
        }
        if (2 * length <= r + erasures - 1) {
            length = r + erasures - length;
            uint8_t inverse = field->power[ORDER - field->log[off]];
            for (int i = 0; i <= CHECKS_MAX; i++) {
                other[i] = times(field, locator[i], inverse);
            }
        }
        memcpy(locator, next, sizeof next);
    }
}

static uint8_t
value_at(const struct field *field, const uint8_t *of, int terms, int log_x)
{
    uint8_t sum = 0;
    for (int i = 0, log = 0; i < terms; i++, log = (log + log_x) % ORDER) {
        sum ^= of[i] ? field->power[field->log[of[i]] + log] : 0;
    }
    return sum;
}

/* What is wrong at the place whose inverse is a^log_x (Forney). */
static uint8_t
error_at(const struct field *field, const poly locator, const poly evaluator, int log_x)
{
    poly slope = {0};
    for (int i = 1; i <= CHECKS_MAX; i += 2) {
        slope[i - 1] = locator[i];
    }
    uint8_t below = value_at(field, slope, CHECKS_MAX, log_x);
    uint8_t above = value_at(field, evaluator, CHECKS_MAX, log_x);
    if (!below || !above) {
        return 0;
    }
    int log = field->log[above] - field->log[below] - log_x;
    return field->power[(log + 2 * ORDER) % ORDER];
}

static bool
is_erased(const uint8_t *erased, int erasures, int place)
{
    for (int i = 0; i < erasures; i++) {
        if (erased[i] == place) {
            return true;
        }
    }
    return false;
}

int
bw_solomon_correct(
    uint8_t *words, int count, int checks, const uint8_t *erased, int erasures)
{
    const struct field *field = field_of();
    uint8_t syndrome[CHECKS_MAX], mended[BW_SOLOMON_WORDS_MAX];
    poly locator, evaluator = {0};
    if (syndromes(field, words, count, checks, syndrome)) {
        return 0;
    }
    erasure_locator(field, count, erased, erasures, locator);
    extend(field, syndrome, checks, erasures, locator);
    int degree = CHECKS_MAX, roots = 0, changed = 0;
    while (degree > 0 && !locator[degree]) {
        degree--;
    }
    for (int i = 0; i < checks; i++) {
        for (int k = 0; k <= i; k++) {
            evaluator[i] ^= times(field, syndrome[i - k], locator[k]);
        }
    }
    memcpy(mended, words, (size_t)count);
    for (int i = 0; i < count; i++) {
        int log_x = (ORDER - (count - 1 - i)) % ORDER;
        if (value_at(field, locator, degree + 1, log_x)) {
            continue;
        }
        roots++;
        mended[i] ^= error_at(field, locator, evaluator, log_x);
        changed += mended[i] != words[i] && !is_erased(erased, erasures, i);
    }
    if (roots != degree || !syndromes(field, mended, count, checks, syndrome)) {
        return -1;
    }
    memcpy(words, mended, (size_t)count);
    return changed;
}
