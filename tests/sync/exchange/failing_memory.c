/* See failing_memory.h. */
#include "tests/sync/exchange/failing_memory.h"
#include "tests/pace.h"

#include "tests/sync/testing.h"

#include <sqlite3.h>
#include <stdlib.h>

static int64_t left = -1; /* before one fails; below 0: none does */
static bool struck;

static bool
fails(void)
{
    if (left < 0) {
        return false;
    }
    if (left-- == 0) {
        struck = true;
        return true;
    }
    return false;
}

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *memory, size_t bytes);
void *__real_reallocarray(void *memory, size_t count, size_t bytes);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);
void *__wrap_reallocarray(void *memory, size_t count, size_t bytes);
char *__wrap_strdup(const char *text);

void *
__wrap_malloc(size_t bytes)
{
    return fails() ? NULL : __real_malloc(bytes);
}

void *
__wrap_calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : __real_calloc(count, bytes);
}

void *
__wrap_realloc(void *memory, size_t bytes)
{
    return fails() ? NULL : __real_realloc(memory, bytes);
}

void *
__wrap_reallocarray(void *memory, size_t count, size_t bytes)
{
    return fails() ? NULL : __real_reallocarray(memory, count, bytes);
}

char *
__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

static sqlite3_mem_methods plain;

static void *
on_malloc(int bytes)
{
    return fails() ? NULL : plain.xMalloc(bytes);
}

static void *
on_realloc(void *memory, int bytes)
{
    return fails() ? NULL : plain.xRealloc(memory, bytes);
}

bool
failing_memory_install(void)
{
    sqlite3_mem_methods methods;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain) != SQLITE_OK) {
        return false;
    }
    methods = plain;
    methods.xMalloc = on_malloc;
    methods.xRealloc = on_realloc;
    /* no lookaside: every allocation is one of these */
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK;
}

void
failing_memory_arm(int64_t after)
{
    struck = false;
    left = after;
}

bool
failing_memory_struck(void)
{
    return struck;
}

enum { RUNS_MAX = 200000 };

void
failing_memory_try(const struct memory_trial *trial)
{
    int step = pace_stride(trial->stride);
    int64_t n = 0;
    bool was = true;
    while (was && n < RUNS_MAX) {
        struct bw_error err = {.text = ""};
        if (trial->before) {
            trial->before();
        }
        failing_memory_arm(n);
        enum bw_status status = trial->work(&err);
        was = failing_memory_struck();
        failing_memory_arm(-1);
        if (status != BW_OK && (status != BW_NO_MEMORY || err.text[0] == '\0')) {
            fail_msg(
                "allocation %lld: status %d: %s", (long long)n, (int)status, err.text);
        }
        assert_true(was || status == BW_OK);
        if (trial->work(&err) != BW_OK) {
            fail_msg("again after allocation %lld: %s", (long long)n, err.text);
        }
        if (trial->check) {
            trial->check();
        }
        n += n < 10 ? 1 : step;
    }
    assert_in_range(n, 2, RUNS_MAX - 1);
}
