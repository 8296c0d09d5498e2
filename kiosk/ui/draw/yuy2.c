/* Vectors do eight (SSE2) or sixteen (NEON) pixels at a time, and leave the last ones of
 * a row to plain C. */
#include "yuy2.h"

static uint32_t
clamp(int value)
{
    value = value < 0 ? 0 : value;
    return (uint32_t)(value > 255 ? 255 : value);
}

void
bw_ui_yuy2_plain(const uint8_t *from, int width_px, uint32_t *ret_row)
{
    for (int x = 0; x < width_px; x++) {
        const uint8_t *pair = from + (x / 2) * 4;
        int luma = 298 * (pair[x % 2 * 2] - 16) + 128;
        int u = pair[1] - 128;
        int v = pair[3] - 128;
        uint32_t red = clamp((luma + 409 * v) >> 8);
        uint32_t green = clamp((luma - 100 * u - 208 * v) >> 8);
        uint32_t blue = clamp((luma + 516 * u) >> 8);
        ret_row[x] = 0xFF000000u | red << 16 | green << 8 | blue;
    }
}

#ifdef __SSE2__
#include <emmintrin.h>

enum { LANES = 8 };

/* Two factors, for products that are added in pairs. */
static __m128i
factors(short even, short odd)
{
    return _mm_set_epi16(odd, even, odd, even, odd, even, odd, even);
}

/* Eight sums of 32 bits as bytes, in 16 bits each: what is over 255 or under 0 is cut by
 * the second packing, later. */
static __m128i
byte_sums(__m128i low, __m128i high)
{
    return _mm_packs_epi32(_mm_srai_epi32(low, 8), _mm_srai_epi32(high, 8));
}

/* y * one + other * two + 128. */
static __m128i
channel(__m128i y, __m128i other, __m128i both)
{
    const __m128i half = _mm_set1_epi32(128);
    return byte_sums(
        _mm_add_epi32(_mm_madd_epi16(_mm_unpacklo_epi16(y, other), both), half),
        _mm_add_epi32(_mm_madd_epi16(_mm_unpackhi_epi16(y, other), both), half));
}

/* y * 298 - u * 100 - v * 208 + 128. */
static __m128i
green_channel(__m128i y, __m128i u, __m128i v)
{
    const __m128i one = _mm_set1_epi16(1);
    const __m128i yu = factors(298, -100), v1 = factors(-208, 128);
    return byte_sums(_mm_add_epi32(_mm_madd_epi16(_mm_unpacklo_epi16(y, u), yu),
                         _mm_madd_epi16(_mm_unpacklo_epi16(v, one), v1)),
        _mm_add_epi32(_mm_madd_epi16(_mm_unpackhi_epi16(y, u), yu),
            _mm_madd_epi16(_mm_unpackhi_epi16(v, one), v1)));
}

void
bw_ui_yuy2_convert(const uint8_t *from, int width_px, uint32_t *ret_row)
{
    const __m128i opaque = _mm_set1_epi8(-1);
    int x = 0;
    for (; x + LANES <= width_px; x += LANES) {
        __m128i pairs = _mm_loadu_si128((const __m128i *)(const void *)(from + 2 * x));
        __m128i y =
            _mm_sub_epi16(_mm_and_si128(pairs, _mm_set1_epi16(255)), _mm_set1_epi16(16));
        __m128i uv = _mm_sub_epi16(_mm_srli_epi16(pairs, 8), _mm_set1_epi16(128));
        __m128i u = _mm_shufflehi_epi16(_mm_shufflelo_epi16(uv, 0xA0), 0xA0);
        __m128i v = _mm_shufflehi_epi16(_mm_shufflelo_epi16(uv, 0xF5), 0xF5);
        __m128i red = channel(y, v, factors(298, 409));
        __m128i blue = channel(y, u, factors(298, 516));
        __m128i green = green_channel(y, u, v);
        __m128i blue_green = _mm_unpacklo_epi8(
            _mm_packus_epi16(blue, blue), _mm_packus_epi16(green, green));
        __m128i red_opaque = _mm_unpacklo_epi8(_mm_packus_epi16(red, red), opaque);
        __m128i *to = (__m128i *)(void *)(ret_row + x);
        _mm_storeu_si128(to, _mm_unpacklo_epi16(blue_green, red_opaque));
        _mm_storeu_si128(to + 1, _mm_unpackhi_epi16(blue_green, red_opaque));
    }
    bw_ui_yuy2_plain(from + 2 * x, width_px - x, ret_row + x);
}

#elif defined __aarch64__ && defined __ARM_NEON
#include <arm_neon.h>

enum { LANES = 16 };

/* (y * 298 + one * a + other * b + 128) / 256, cut to a byte, of eight pixels. */
static uint8x8_t
channel(int16x8_t y, int16x8_t one, int16_t a, int16x8_t other, int16_t b)
{
    int32x4_t low = vmull_n_s16(vget_low_s16(y), 298);
    int32x4_t high = vmull_n_s16(vget_high_s16(y), 298);
    low = vmlal_n_s16(low, vget_low_s16(one), a);
    high = vmlal_n_s16(high, vget_high_s16(one), a);
    low = vmlal_n_s16(low, vget_low_s16(other), b);
    high = vmlal_n_s16(high, vget_high_s16(other), b);
    return vqmovun_s16(vcombine_s16(vrshrn_n_s32(low, 8), vrshrn_n_s32(high, 8)));
}

static int16x8_t
above(uint8x8_t bytes, uint8_t zero)
{
    return vreinterpretq_s16_u16(vsubl_u8(bytes, vdup_n_u8(zero)));
}

/* Blue, green and red of eight pixels, as their bytes lie in memory. */
static uint8x8x3_t
pixels(int16x8_t y, int16x8_t u, int16x8_t v)
{
    return (uint8x8x3_t){{channel(y, u, 516, v, 0), channel(y, u, -100, v, -208),
        channel(y, u, 0, v, 409)}};
}

void
bw_ui_yuy2_convert(const uint8_t *from, int width_px, uint32_t *ret_row)
{
    int x = 0;
    for (; x + LANES <= width_px; x += LANES) {
        uint8x8x4_t pairs = vld4_u8(from + 2 * x);
        int16x8_t u = above(pairs.val[1], 128), v = above(pairs.val[3], 128);
        uint8x8x3_t even = pixels(above(pairs.val[0], 16), u, v);
        uint8x8x3_t odd = pixels(above(pairs.val[2], 16), u, v);
        uint8x16x4_t whole = {.val[3] = vdupq_n_u8(255)};
        for (int k = 0; k < 3; k++) {
            whole.val[k] = vcombine_u8(
                vzip1_u8(even.val[k], odd.val[k]), vzip2_u8(even.val[k], odd.val[k]));
        }
        vst4q_u8((uint8_t *)(ret_row + x), whole);
    }
    bw_ui_yuy2_plain(from + 2 * x, width_px - x, ret_row + x);
}

#else

void
bw_ui_yuy2_convert(const uint8_t *from, int width_px, uint32_t *ret_row)
{
    bw_ui_yuy2_plain(from, width_px, ret_row);
}

#endif
