/* JSON without memory: for every N the Nth allocation fails, and an answer is the whole
 * or none. One thread. */
#ifndef TESTS_SYNC_JSON_SHORT_H
#define TESTS_SYNC_JSON_SHORT_H

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { JSON_SHORT_MOST = 100000 };

static int json_short_left = -1; /* allocations until one fails; -1: none does */

static void *
json_short_malloc(size_t bytes)
{
    if (json_short_left == 0) {
        json_short_left = -1;
        return NULL;
    }
    json_short_left -= json_short_left > 0;
    return malloc(bytes);
}

/* What `make` gives, as text, whichever allocation of it fails: `whole` or nothing. */
static inline void
assert_is_whole_or_none(json_t *(*make)(const void *context), const void *context)
{
    json_set_alloc_funcs(json_short_malloc, free);
    json_t *root = make(context);
    assert_non_null(root);
    char *whole = json_dumps(root, JSON_PRESERVE_ORDER);
    json_decref(root);
    assert_non_null(whole);
    bool failed = true;
    for (int nth = 0; failed && nth < JSON_SHORT_MOST; nth++) {
        json_short_left = nth;
        root = make(context);
        failed = json_short_left == -1;
        json_short_left = -1;
        if (root != NULL) {
            char *text = json_dumps(root, JSON_PRESERVE_ORDER);
            assert_string_equal(text, whole);
            free(text);
            json_decref(root);
        }
    }
    assert_false(failed);
    free(whole);
}

#endif
