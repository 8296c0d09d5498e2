/* Big-endian integers, read from bounded bytes and written into them. Inside the rooms of
 * letters and carriers alone. Sizes are bytes. Pure, on the caller's memory; any
 * thread. */
#ifndef BW_LETTER_WIRE_H
#define BW_LETTER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Writes the lowest `bytes` (8 at most) of a number. */
static inline void
wire_put(unsigned char *to, size_t bytes, uint64_t value)
{
    for (size_t i = bytes; i-- > 0;) {
        to[i] = (unsigned char)(value & 0xff);
        value >>= 8;
    }
}

/* Reads a number of `bytes` (8 at most), which must be there. */
static inline uint64_t
wire_get(const unsigned char *from, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value = value << 8 | from[i];
    }
    return value;
}

/* Bytes from outside. The first read past the end sets `failed`, and gives zeros. */
struct letter_wire {
    const unsigned char *at;
    size_t left;
    bool failed;
};

/* The next bytes, borrowed from what is read; NULL past the end. */
static inline const unsigned char *
wire_read(struct letter_wire *reader, size_t bytes)
{
    const unsigned char *at = reader->at;
    if (reader->failed || bytes > reader->left) {
        reader->failed = true;
        return NULL;
    }
    reader->at += bytes;
    reader->left -= bytes;
    return at;
}

/* The next number, of 8 bytes at most; 0 past the end. */
static inline uint64_t
wire_number(struct letter_wire *reader, size_t bytes)
{
    const unsigned char *at = wire_read(reader, bytes);
    return at ? wire_get(at, bytes) : 0;
}

/* Copies the next bytes; zeros past the end. */
static inline void
wire_bytes(struct letter_wire *reader, void *ret_bytes, size_t bytes)
{
    const unsigned char *at = wire_read(reader, bytes);
    if (at) {
        memcpy(ret_bytes, at, bytes);
    } else {
        memset(ret_bytes, 0, bytes);
    }
}

#endif
