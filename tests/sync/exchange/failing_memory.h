/* Memory that ends: the Nth allocation of this program's own code, of SQLite, and of what
 * allocates through malloc (jansson, once a text was read) fails, once. A program of its
 * own, linked with --wrap of malloc, calloc, realloc, reallocarray and strdup. One
 * thread. */
#ifndef BW_TESTS_FAILING_MEMORY_H
#define BW_TESTS_FAILING_MEMORY_H

#include <brugwachter/error.h>

#include <stdbool.h>
#include <stdint.h>

/* Before SQLite is used. */
bool failing_memory_install(void);

/* The allocation after the next `after` ones fails; below 0: none does. */
void failing_memory_arm(int64_t after);

/* Whether it has failed since it was armed. */
bool failing_memory_struck(void);

/* Work that is tried; its own checks are of what it gave when it said BW_OK. */
struct memory_trial {
    enum bw_status (*work)(struct bw_error *err);
    void (*before)(void); /* each try starts so; may be NULL */
    void (*check)(void);  /* after the second, without a fault; may be NULL */
    int stride;
};

/* Tries it at every allocation, or every `stride`th after the first ten: it says BW_OK or
 * BW_NO_MEMORY, and the next try works. BW_STRIKE_ALL=1 in the environment: at all. Fails
 * the test. */
void failing_memory_try(const struct memory_trial *trial);

#endif
