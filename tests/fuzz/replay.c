/* A fuzz target as an ordinary test: every file of a corpus folder goes through it, then
 * a fixed number of mutations by a fixed seed, so a failure comes back at every run.
 *
 *   fuzz_ticket CORPUS [MUTATIONS]
 *
 * The input that is going through lies in replay-failed.bin when
 * the target ends badly. */
#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MAX = 512, INPUT_BYTES_MAX = 1 << 16, MUTATIONS = 20000, STEPS_MAX = 8 };

struct input {
    size_t length;
    uint8_t *bytes;
};

struct corpus {
    int count;
    struct input inputs[FILES_MAX];
};

static struct input current; /* what a failure leaves behind */

static uint64_t
next_random(uint64_t *state)
{
    uint64_t x = *state; /* xorshift64*, Vigna */
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * UINT64_C(2685821657736338717);
}

static size_t
below(uint64_t *state, size_t limit)
{
    return (size_t)(next_random(state) >> 33) % limit;
}

/* Only calls that a signal handler may make. */
static void
on_failure(int signal_no)
{
    int fd = open("replay-failed.bin", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd >= 0) {
        ssize_t wrote = write(fd, current.bytes, current.length);
        (void)wrote;
        (void)close(fd);
    }
    (void)signal(signal_no, SIG_DFL);
    (void)raise(signal_no);
}

/* From a buffer of exactly its size, so that the sanitizer sees a step too far. */
static void
run(const uint8_t *bytes, size_t length)
{
    current.bytes = malloc(length > 0 ? length : 1);
    if (current.bytes == NULL) {
        abort();
    }
    if (length > 0) {
        memcpy(current.bytes, bytes, length);
    }
    current.length = length;
    (void)LLVMFuzzerTestOneInput(current.bytes, length);
    free(current.bytes);
    current.bytes = NULL;
}

static int
is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int
load_file(struct corpus *corpus, const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        (void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return -1;
    }
    struct input *input = &corpus->inputs[corpus->count++];
    input->bytes = malloc(INPUT_BYTES_MAX);
    if (input->bytes == NULL) {
        abort();
    }
    input->length = fread(input->bytes, 1, INPUT_BYTES_MAX, file);
    (void)fclose(file);
    return 0;
}

/* In the order of their names: the mutations follow from it. */
static int
load(struct corpus *corpus, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_input, alphasort);
    if (count <= 0 || count > FILES_MAX) {
        (void)fprintf(stderr, "%s: no folder with 1 to %d files\n", folder, FILES_MAX);
        return -1;
    }
    int result = 0;
    for (int i = 0; i < count; i++) {
        result |= load_file(corpus, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return result;
}

enum step { FLIP_BIT, SET_BYTE, CUT, REMOVE, DOUBLE, INSERT, SPLICE, STEPS };

/* Copies `length` bytes into `to` at `at`, what stands there moves up,
 * past the end falls. */
static void
insert(struct input *to, size_t at, const uint8_t *bytes, size_t length)
{
    if (length > INPUT_BYTES_MAX - to->length) {
        length = INPUT_BYTES_MAX - to->length;
    }
    memmove(to->bytes + at + length, to->bytes + at, to->length - at);
    memcpy(to->bytes + at, bytes, length);
    to->length += length;
}

static void
mutate(struct input *input, const struct corpus *corpus, uint64_t *state)
{
    static const uint8_t telling[] = {0x00, 0xff, 0x7f, 0x80, '\n', '"', ' ', '\t', '\'',
        ',', ':', '0', '9', '-', '%', 0xc3, 0xe2, 0xf0};
    size_t at = below(state, input->length + 1);
    size_t left = input->length - at;
    enum step step = (enum step)below(state, STEPS);
    uint8_t chunk[64];
    size_t chunk_length = left < sizeof chunk ? left : sizeof chunk;
    switch (step) {
    case FLIP_BIT:
        if (left > 0) {
            input->bytes[at] ^= (uint8_t)(1u << below(state, 8));
        }
        break;
    case SET_BYTE:
        if (left > 0) {
            input->bytes[at] = telling[below(state, sizeof telling)];
        }
        break;
    case CUT:
        input->length = at;
        break;
    case REMOVE:
        if (left > 0) {
            size_t gone = 1 + below(state, left < 8 ? left : 8);
            memmove(input->bytes + at, input->bytes + at + gone, left - gone);
            input->length -= gone;
        }
        break;
    case DOUBLE:
        memcpy(chunk, input->bytes + at, chunk_length);
        insert(input, at, chunk, chunk_length);
        break;
    case INSERT:
        chunk[0] = (uint8_t)next_random(state);
        insert(input, at, chunk, 1);
        break;
    case SPLICE: {
        const struct input *other = &corpus->inputs[below(state, (size_t)corpus->count)];
        size_t from = below(state, other->length + 1);
        insert(input, at, other->bytes + from, below(state, other->length - from + 1));
        break;
    }
    case STEPS:
        break;
    }
}

static void
run_mutations(const struct corpus *corpus, long mutations)
{
    uint64_t state = UINT64_C(0x20250318);
    struct input input = {.bytes = malloc(INPUT_BYTES_MAX)};
    if (input.bytes == NULL) {
        abort();
    }
    for (long i = 0; i < mutations; i++) {
        const struct input *from = &corpus->inputs[below(&state, (size_t)corpus->count)];
        memcpy(input.bytes, from->bytes, from->length);
        input.length = from->length;
        for (size_t steps = 1 + below(&state, STEPS_MAX); steps > 0; steps--) {
            mutate(&input, corpus, &state);
        }
        run(input.bytes, input.length);
    }
    free(input.bytes);
}

int
main(int argc, char **argv)
{
    static struct corpus corpus;
    if (argc < 2 || load(&corpus, argv[1]) != 0) {
        (void)fprintf(stderr, "use: %s CORPUS [MUTATIONS]\n", argv[0]);
        return EXIT_FAILURE;
    }
    (void)signal(SIGABRT, on_failure);
#ifndef __SANITIZE_ADDRESS__ /* it says where; a handler of ours would silence it */
    (void)signal(SIGSEGV, on_failure);
    (void)signal(SIGFPE, on_failure);
#endif
    long mutations = argc > 2 ? strtol(argv[2], NULL, 10) : MUTATIONS;
    for (int i = 0; i < corpus.count; i++) {
        run(corpus.inputs[i].bytes, corpus.inputs[i].length);
    }
    run_mutations(&corpus, mutations);
    (void)printf("%d files and %ld mutations went through\n", corpus.count, mutations);
    for (int i = 0; i < corpus.count; i++) {
        free(corpus.inputs[i].bytes);
    }
    return EXIT_SUCCESS;
}
