/* What a program does before anything else, in a process of its own. */
#include <brugwachter/core.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static void
cryptography_is_made_ready_once_and_again(void **state)
{
    (void)state;
    assert_int_equal(bw_core_init(NULL), BW_OK);
    assert_int_equal(bw_core_init(NULL), BW_OK);
}

static void
private_process_leaves_no_core_file_and_is_read_by_nobody(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip();
#endif
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct rlimit limit;
        bw_core_keep_private();
        _exit(getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 &&
                      limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0
                  ? 0
                  : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cryptography_is_made_ready_once_and_again),
        cmocka_unit_test(private_process_leaves_no_core_file_and_is_read_by_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
