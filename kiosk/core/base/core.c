/* The library's one global act: see brugwachter/core.h. Any thread. */
#include <brugwachter/core.h>

#include <sodium.h>

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
