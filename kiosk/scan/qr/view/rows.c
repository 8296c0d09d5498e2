/* Vectors (SSE2, NEON) do sixteen pixels at a time, and leave the last ones of a row to
 * plain C. */
#include "rows.h"

enum { BLOCK = BW_ROWS_BLOCK_PX };

static void
sum_blocks(const uint8_t *from, ptrdiff_t stride, int blocks, uint32_t *ret_sums)
{
    for (int i = 0; i < blocks; i++) {
        uint32_t sum = 0;
        for (int y = 0; y < BLOCK; y++) {
            for (int x = 0; x < BLOCK; x++) {
                sum += from[y * stride + i * BLOCK + x];
            }
        }
        ret_sums[i] = sum;
    }
}

static void
compare(const uint8_t *from, const uint8_t *levels, int width, uint8_t *ret_white)
{
    for (int x = 0; x < width; x++) {
        ret_white[x] = from[x] < levels[x] ? 0 : 255;
    }
}

static void
halve(const uint8_t *top, const uint8_t *under, int width, uint8_t *ret_row)
{
    for (int x = 0; x < width; x++) {
        int sum = top[2 * x] + top[2 * x + 1] + under[2 * x] + under[2 * x + 1];
        ret_row[x] = (uint8_t)((sum + 2) >> 2);
    }
}

static void
soften(const uint8_t *one, const uint8_t *middle, const uint8_t *other, int width,
    uint8_t *ret_row)
{
    for (int x = 0; x < width; x++) {
        ret_row[x] = (uint8_t)((one[x] + 2 * middle[x] + other[x] + 2) >> 2);
    }
}

/* From column `x` on; what stands left of it is `last`. */
static int
edges_from(
    const uint8_t *white, int x, int width, uint8_t last, int count, uint16_t *ret_places)
{
    for (; x < width; x++) {
        if (white[x] != last) {
            ret_places[count++] = (uint16_t)x;
            last = white[x];
        }
    }
    return count;
}

static int
edges(const uint8_t *white, int width, uint16_t *ret_places)
{
    return edges_from(white, 0, width, 255, 0, ret_places);
}

const struct bw_rows bw_rows_plain = {sum_blocks, compare, halve, soften, edges};

#ifdef __SSE2__
#include <emmintrin.h>

enum { LANES = 16 };

static __m128i
load(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

static void
store(uint8_t *to, __m128i pixels)
{
    _mm_storeu_si128((__m128i *)to, pixels);
}

static void
sum_blocks_vectors(const uint8_t *from, ptrdiff_t stride, int blocks, uint32_t *ret_sums)
{
    int i = 0;
    for (; i + 2 <= blocks; i += 2) {
        __m128i sum = _mm_setzero_si128();
        for (int y = 0; y < BLOCK; y++) {
            __m128i row = load(from + y * stride + i * BLOCK);
            sum = _mm_add_epi32(sum, _mm_sad_epu8(row, _mm_setzero_si128()));
        }
        ret_sums[i] = (uint32_t)_mm_cvtsi128_si32(sum);
        ret_sums[i + 1] = (uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(sum, 8));
    }
    sum_blocks(from + i * BLOCK, stride, blocks - i, ret_sums + i);
}

static void
compare_vectors(const uint8_t *from, const uint8_t *levels, int width, uint8_t *ret_white)
{
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        __m128i pixels = load(from + x);
        store(ret_white + x,
            _mm_cmpeq_epi8(_mm_max_epu8(pixels, load(levels + x)), pixels));
    }
    compare(from + x, levels + x, width - x, ret_white + x);
}

/* Sums of neighbours, in lanes of 16 bits. */
static __m128i
pairs(__m128i pixels)
{
    return _mm_add_epi16(
        _mm_and_si128(pixels, _mm_set1_epi16(255)), _mm_srli_epi16(pixels, 8));
}

static void
halve_vectors(const uint8_t *top, const uint8_t *under, int width, uint8_t *ret_row)
{
    const __m128i two = _mm_set1_epi16(2);
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        __m128i half[2];
        for (int k = 0; k < 2; k++) {
            int at = 2 * x + k * LANES;
            __m128i sum = _mm_add_epi16(pairs(load(top + at)), pairs(load(under + at)));
            half[k] = _mm_srli_epi16(_mm_add_epi16(sum, two), 2);
        }
        store(ret_row + x, _mm_packus_epi16(half[0], half[1]));
    }
    halve(top + 2 * x, under + 2 * x, width - x, ret_row + x);
}

static __m128i
soft(__m128i one, __m128i middle, __m128i other)
{
    __m128i sum = _mm_add_epi16(_mm_add_epi16(one, other), _mm_slli_epi16(middle, 1));
    return _mm_srli_epi16(_mm_add_epi16(sum, _mm_set1_epi16(2)), 2);
}

static void
soften_vectors(const uint8_t *one, const uint8_t *middle, const uint8_t *other, int width,
    uint8_t *ret_row)
{
    const __m128i zero = _mm_setzero_si128();
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        __m128i a = load(one + x), b = load(middle + x), c = load(other + x);
        __m128i low = soft(_mm_unpacklo_epi8(a, zero), _mm_unpacklo_epi8(b, zero),
            _mm_unpacklo_epi8(c, zero));
        __m128i high = soft(_mm_unpackhi_epi8(a, zero), _mm_unpackhi_epi8(b, zero),
            _mm_unpackhi_epi8(c, zero));
        store(ret_row + x, _mm_packus_epi16(low, high));
    }
    soften(one + x, middle + x, other + x, width - x, ret_row + x);
}

/* A bit a pixel, the first one lowest. */
static unsigned
white_bits(const uint8_t *white)
{
    return (unsigned)_mm_movemask_epi8(load(white));
}

#define BW_ROWS_VECTORS
#elif defined __aarch64__ && defined __ARM_NEON
#include <arm_neon.h>

enum { LANES = 16 };

static void
sum_blocks_vectors(const uint8_t *from, ptrdiff_t stride, int blocks, uint32_t *ret_sums)
{
    int i = 0;
    for (; i + 2 <= blocks; i += 2) {
        uint16x8_t sum = vdupq_n_u16(0);
        for (int y = 0; y < BLOCK; y++) {
            sum = vpadalq_u8(sum, vld1q_u8(from + y * stride + i * BLOCK));
        }
        ret_sums[i] = vaddv_u16(vget_low_u16(sum));
        ret_sums[i + 1] = vaddv_u16(vget_high_u16(sum));
    }
    sum_blocks(from + i * BLOCK, stride, blocks - i, ret_sums + i);
}

static void
compare_vectors(const uint8_t *from, const uint8_t *levels, int width, uint8_t *ret_white)
{
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        vst1q_u8(ret_white + x, vcgeq_u8(vld1q_u8(from + x), vld1q_u8(levels + x)));
    }
    compare(from + x, levels + x, width - x, ret_white + x);
}

static void
halve_vectors(const uint8_t *top, const uint8_t *under, int width, uint8_t *ret_row)
{
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        uint8x8_t half[2];
        for (int k = 0; k < 2; k++) {
            int at = 2 * x + k * LANES;
            uint16x8_t pairs = vpaddlq_u8(vld1q_u8(top + at));
            half[k] = vrshrn_n_u16(vpadalq_u8(pairs, vld1q_u8(under + at)), 2);
        }
        vst1q_u8(ret_row + x, vcombine_u8(half[0], half[1]));
    }
    halve(top + 2 * x, under + 2 * x, width - x, ret_row + x);
}

static uint8x8_t
soft(uint8x8_t one, uint8x8_t middle, uint8x8_t other)
{
    return vrshrn_n_u16(vaddq_u16(vaddl_u8(one, other), vshll_n_u8(middle, 1)), 2);
}

static void
soften_vectors(const uint8_t *one, const uint8_t *middle, const uint8_t *other, int width,
    uint8_t *ret_row)
{
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        uint8x16_t a = vld1q_u8(one + x), b = vld1q_u8(middle + x);
        uint8x16_t c = vld1q_u8(other + x);
        uint8x8_t low = soft(vget_low_u8(a), vget_low_u8(b), vget_low_u8(c));
        uint8x8_t high = soft(vget_high_u8(a), vget_high_u8(b), vget_high_u8(c));
        vst1q_u8(ret_row + x, vcombine_u8(low, high));
    }
    soften(one + x, middle + x, other + x, width - x, ret_row + x);
}

/* A bit a pixel, the first one lowest: NEON has no instruction for it. */
static unsigned
white_bits(const uint8_t *white)
{
    static const uint8_t places[LANES] = {
        1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t bits = vandq_u8(vld1q_u8(white), vld1q_u8(places));
    return vaddv_u8(vget_low_u8(bits)) | (unsigned)vaddv_u8(vget_high_u8(bits)) << 8;
}

#define BW_ROWS_VECTORS
#endif

#ifdef BW_ROWS_VECTORS
static int
edges_vectors(const uint8_t *white, int width, uint16_t *ret_places)
{
    int count = 0, x = 0;
    unsigned carry = 1;
    for (; x + LANES <= width; x += LANES) {
        unsigned bits = white_bits(white + x);
        unsigned changes = (bits ^ (bits << 1 | carry)) & 0xFFFF;
        carry = bits >> (LANES - 1);
        for (; changes; changes &= changes - 1) {
            ret_places[count++] = (uint16_t)(x + __builtin_ctz(changes));
        }
    }
    return edges_from(white, x, width, carry ? 255 : 0, count, ret_places);
}

const struct bw_rows bw_rows = {
    sum_blocks_vectors, compare_vectors, halve_vectors, soften_vectors, edges_vectors};
#else
const struct bw_rows bw_rows = {sum_blocks, compare, halve, soften, edges};
#endif
