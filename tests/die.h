/* A die that falls the same way in every run: xorshift (Marsaglia, 2003). */
#ifndef BW_TESTS_DIE_H
#define BW_TESTS_DIE_H

#include <stdint.h>

enum { DIE_SEED = 20250318 };

/* 0 to sides - 1. One die a program; one thread. */
static inline uint32_t
roll(uint32_t sides)
{
    static uint32_t die = DIE_SEED;
    die ^= die << 13;
    die ^= die >> 17;
    die ^= die << 5;
    return die % sides;
}

#endif
