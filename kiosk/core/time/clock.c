/* The one clock: see brugwachter/clock.h. Any thread. */
#include <brugwachter/clock.h>

#include <fcntl.h>
#include <sodium.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static const char boot_id_path[] = "/proc/sys/kernel/random/boot_id";

static int64_t
read_ms(clockid_t which)
{
    struct timespec at = {0};
    (void)clock_gettime(which, &at); /* fails only for a clock that doesn't exist */
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static int64_t
system_wall_ms(const struct bw_clock *clock)
{
    (void)clock;
    return read_ms(CLOCK_REALTIME);
}

/* Boot time, not CLOCK_MONOTONIC: that one stands still in suspend, and a lid that was
 * closed over lunch would look like a clock that jumped. */
static int64_t
system_mono_ms(const struct bw_clock *clock)
{
    (void)clock;
    return read_ms(CLOCK_BOOTTIME);
}

static int64_t
injected_wall_ms(const struct bw_clock *clock)
{
    return clock->mono_ms(clock) + clock->offset_ms;
}

static bool
read_boot_id(uint8_t ret_id[BW_BOOT_ID_BYTES])
{
    char text[64] = "";
    int fd = open(boot_id_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t length = read(fd, text, sizeof text - 1);
    (void)close(fd);
    size_t bytes = 0;
    return length > 0 &&
           sodium_hex2bin(ret_id, BW_BOOT_ID_BYTES, text, (size_t)length, "-\n", &bytes,
               NULL) == 0 &&
           bytes == BW_BOOT_ID_BYTES;
}

void
bw_clock_init_system(struct bw_clock *clock)
{
    *clock = (struct bw_clock){
        .wall_ms = system_wall_ms,
        .mono_ms = system_mono_ms,
    };
    /* Without /proc every start counts as a boot of its own: then no monotonic time is
     * ever compared with one that may have begun elsewhere. */
    if (!read_boot_id(clock->boot_id)) {
        randombytes_buf(clock->boot_id, sizeof clock->boot_id);
    }
}

void
bw_clock_inject(struct bw_clock *clock, int64_t wall_ms)
{
    clock->offset_ms = wall_ms - clock->mono_ms(clock);
    clock->wall_ms = injected_wall_ms;
    clock->injected = true;
}
