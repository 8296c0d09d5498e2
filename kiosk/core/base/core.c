/* The library's global acts: see brugwachter/core.h. Any thread. */
#include <brugwachter/core.h>

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum bw_status
bw_core_init(struct bw_error *err)
{
    if (sodium_init() < 0) {
        return bw_error_set(err, BW_IO, 0,
            "Starting the cryptography failed: the system gave no random numbers. "
            "Restart this machine, then try again.");
    }
    return BW_OK;
}

void
bw_core_keep_private(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const struct rlimit none = {0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
#endif
}
