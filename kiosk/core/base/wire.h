/* Big-endian numbers in bytes, for canonical forms. A reader that runs out of bytes turns
 * `short_of` on and gives zeros from then on, so that one check at the end is enough.
 * Sizes are bytes. Pure, on the caller's memory; any thread, one at a time for an object.
 * Nothing here fails. */
#ifndef BW_CORE_WIRE_H
#define BW_CORE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct wire_writer {
    uint8_t *at;
};

struct wire_reader {
    const uint8_t *at;
    size_t left;
    bool short_of;
};

/* Writes the lowest `bytes` (8 at most) of a number, and goes on behind them. Whether
 * there is room is the caller's to know. */
static inline void
wire_put(struct wire_writer *writer, size_t bytes, uint64_t value)
{
    for (size_t i = bytes; i-- > 0;) {
        writer->at[i] = (uint8_t)(value & 0xff);
        value >>= 8;
    }
    writer->at += bytes;
}

/* Copies bytes as they are; likewise. */
static inline void
wire_put_bytes(struct wire_writer *writer, const void *from, size_t bytes)
{
    memcpy(writer->at, from, bytes);
    writer->at += bytes;
}

/* Whether so many bytes are left; false from the first time that they weren't. */
static inline bool
wire_has(struct wire_reader *reader, size_t bytes)
{
    if (reader->left < bytes) {
        reader->short_of = true;
        reader->left = 0;
    }
    return !reader->short_of;
}

/* The next number, of 8 bytes at most; 0 where the bytes have run out. */
static inline uint64_t
wire_get(struct wire_reader *reader, size_t bytes)
{
    uint64_t value = 0;
    if (wire_has(reader, bytes)) {
        for (size_t i = 0; i < bytes; i++) {
            value = value << 8 | reader->at[i];
        }
        reader->at += bytes;
        reader->left -= bytes;
    }
    return value;
}

/* Copies the next bytes into `to`, the caller's; zeros where they have run out. */
static inline void
wire_get_bytes(struct wire_reader *reader, void *to, size_t bytes)
{
    if (wire_has(reader, bytes)) {
        memcpy(to, reader->at, bytes);
        reader->at += bytes;
        reader->left -= bytes;
    } else {
        memset(to, 0, bytes);
    }
}

#endif
