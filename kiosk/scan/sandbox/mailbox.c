/* The three slots: see mailbox.h for who owns what. */
#include "mailbox.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SLOTS = 3,
    FRESH = 4u, /* flag beside the slot's number in `middle` */
    STRIDE_BYTES = BW_FRAME_WIDTH_MAX * 2,
    SLOT_BYTES = STRIDE_BYTES * BW_FRAME_HEIGHT_MAX,
};

struct slot_head {
    uint64_t seq, taken_ms;
    int32_t width_px, height_px;
};

struct bw_mailbox_shared {
    atomic_uint middle; /* number of the slot in the middle, and FRESH */
    _Atomic uint64_t busy_since_ms, processor_ms, fingerprint;
    _Atomic uint32_t picture;
    struct slot_head head[SLOTS];
    _Alignas(64) uint8_t pixels[SLOTS][SLOT_BYTES];
};

/* Both processes are one binary, but locks would be each one's own. */
_Static_assert(ATOMIC_INT_LOCK_FREE == 2 && ATOMIC_LLONG_LOCK_FREE == 2,
    "shared memory needs lock-free atomics");

static enum bw_status
map_memory(struct bw_mailbox *mailbox, int take_fd, struct bw_error *err)
{
    void *memory = mmap(NULL, sizeof(struct bw_mailbox_shared), PROT_READ | PROT_WRITE,
        MAP_SHARED, take_fd, 0);
    if (memory == MAP_FAILED) {
        int reason = errno;
        (void)close(take_fd);
        return bw_error_set(err, BW_NO_MEMORY, reason,
            "Sharing pictures with the scanner: %s", bw_said(strerror(reason)));
    }
    *mailbox = (struct bw_mailbox){
        .shared = memory, .fd = take_fd, .writer_slot = 0, .reader_slot = 2};
    return BW_OK;
}

enum bw_status
bw_mailbox_init(struct bw_mailbox *mailbox, struct bw_error *err)
{
    int fd = memfd_create("brugwachter-pictures", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0 || ftruncate(fd, sizeof(struct bw_mailbox_shared)) != 0 ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
        int reason = errno;
        if (fd >= 0) {
            (void)close(fd);
        }
        return bw_error_set(err, BW_NO_MEMORY, reason,
            "Making memory for the scanner's pictures: %s", bw_said(strerror(reason)));
    }
    enum bw_status status = map_memory(mailbox, fd, err);
    if (status == BW_OK) {
        atomic_store(&mailbox->shared->middle, 1u);
    }
    return status;
}

enum bw_status
bw_mailbox_attach(struct bw_mailbox *mailbox, int take_fd, struct bw_error *err)
{
    struct stat about;
    if (fstat(take_fd, &about) != 0 ||
        about.st_size != (off_t)sizeof(struct bw_mailbox_shared)) {
        (void)close(take_fd);
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "Sharing pictures with the kiosk: the memory has another size than agreed");
    }
    return map_memory(mailbox, take_fd, err);
}

void
bw_mailbox_finish(struct bw_mailbox *mailbox)
{
    if (mailbox == NULL || mailbox->shared == NULL) {
        return;
    }
    (void)munmap(mailbox->shared, sizeof *mailbox->shared);
    if (mailbox->fd >= 0) {
        (void)close(mailbox->fd);
    }
    *mailbox = (struct bw_mailbox){.fd = -1};
}

static bool
size_fits(int width_px, int height_px)
{
    return width_px > 0 && width_px <= BW_FRAME_WIDTH_MAX && width_px % 2 == 0 &&
           height_px > 0 && height_px <= BW_FRAME_HEIGHT_MAX;
}

bool
bw_mailbox_put(struct bw_mailbox *mailbox, const struct bw_yuy2 *picture,
    const struct bw_mailbox_stamp *stamp)
{
    if (mailbox == NULL || mailbox->shared == NULL ||
        !size_fits(picture->width_px, picture->height_px)) {
        return false;
    }
    struct bw_mailbox_shared *shared = mailbox->shared;
    unsigned slot = mailbox->writer_slot;
    assert(slot < SLOTS); /* MB2 */
    shared->head[slot] = (struct slot_head){.seq = stamp->seq,
        .taken_ms = stamp->taken_ms,
        .width_px = picture->width_px,
        .height_px = picture->height_px};
    uint8_t *to = shared->pixels[slot];
    const uint8_t *from = picture->bytes;
    for (int y = 0; y < picture->height_px; y++) {
        memcpy(to, from, (size_t)picture->width_px * 2);
        to += STRIDE_BYTES;
        from += picture->stride_bytes;
    }
    unsigned before =
        atomic_exchange_explicit(&shared->middle, slot | FRESH, memory_order_acq_rel);
    mailbox->writer_slot = (before & ~(unsigned)FRESH) % SLOTS;
    return true;
}

bool
bw_mailbox_fresh(const struct bw_mailbox *mailbox)
{
    return mailbox != NULL && mailbox->shared != NULL &&
           (atomic_load_explicit(&mailbox->shared->middle, memory_order_relaxed) &
               FRESH) != 0;
}

bool
bw_mailbox_get(struct bw_mailbox *mailbox, struct bw_yuy2 *ret_picture,
    struct bw_mailbox_stamp *ret_stamp)
{
    if (!bw_mailbox_fresh(mailbox)) {
        return false;
    }
    struct bw_mailbox_shared *shared = mailbox->shared;
    unsigned before = atomic_exchange_explicit(
        &shared->middle, mailbox->reader_slot, memory_order_acq_rel);
    unsigned slot = (before & ~(unsigned)FRESH) % SLOTS;
    mailbox->reader_slot = slot;
    struct slot_head head = shared->head[slot];
    /* The copy above is what was checked:
     * the writer may change the original meanwhile. */
    atomic_signal_fence(memory_order_seq_cst);
    if (!size_fits(head.width_px, head.height_px)) {
        return false;
    }
    *ret_picture = (struct bw_yuy2){.bytes = shared->pixels[slot],
        .width_px = head.width_px,
        .height_px = head.height_px,
        .stride_bytes = STRIDE_BYTES};
    *ret_stamp = (struct bw_mailbox_stamp){.seq = head.seq, .taken_ms = head.taken_ms};
    return true;
}

void
bw_mailbox_beat(struct bw_mailbox *mailbox, const struct bw_mailbox_pulse *pulse)
{
    if (mailbox == NULL || mailbox->shared == NULL) {
        return;
    }
    struct bw_mailbox_shared *shared = mailbox->shared;
    atomic_store_explicit(&shared->fingerprint, pulse->fingerprint, memory_order_relaxed);
    atomic_store_explicit(
        &shared->processor_ms, pulse->processor_ms, memory_order_relaxed);
    atomic_store_explicit(&shared->picture, pulse->picture, memory_order_relaxed);
    atomic_store_explicit(
        &shared->busy_since_ms, pulse->busy_since_ms, memory_order_release);
}

struct bw_mailbox_pulse
bw_mailbox_pulse(const struct bw_mailbox *mailbox)
{
    struct bw_mailbox_pulse pulse = {0};
    if (mailbox != NULL && mailbox->shared != NULL) {
        struct bw_mailbox_shared *shared = mailbox->shared;
        pulse.busy_since_ms =
            atomic_load_explicit(&shared->busy_since_ms, memory_order_acquire);
        pulse.fingerprint =
            atomic_load_explicit(&shared->fingerprint, memory_order_relaxed);
        pulse.processor_ms =
            atomic_load_explicit(&shared->processor_ms, memory_order_relaxed);
        pulse.picture = atomic_load_explicit(&shared->picture, memory_order_relaxed);
    }
    return pulse;
}
