/* A road in a process of its own: see road_child.h. */
#include "cli/road_child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Its exit status: three bits, and above them the road's state; or the store's status. */
enum {
    SENDS_BIT = 1,
    TAKES_BIT = 2,
    BROUGHT_BIT = 4,
    STATE_SHIFT = 3,
    STORE_BIT = 128,
};

static int
code_of(const struct bw_road_went *went)
{
    return went->status != BW_OK
               ? STORE_BIT | (int)went->status
               : (went->sends_well ? SENDS_BIT : 0) | (went->takes_well ? TAKES_BIT : 0) |
                     (went->brought ? BROUGHT_BIT : 0) | (int)went->state << STATE_SHIFT;
}

static struct bw_road_went
went_of(int code)
{
    if ((code & STORE_BIT) != 0) {
        return (struct bw_road_went){.status = (enum bw_status)(code & ~STORE_BIT)};
    }
    return (struct bw_road_went){.sends_well = (code & SENDS_BIT) != 0,
        .takes_well = (code & TAKES_BIT) != 0,
        .brought = (code & BROUGHT_BIT) != 0,
        .state = (enum bw_road_state)(code >> STATE_SHIFT)};
}

static _Noreturn void
child_do(int parent, int road, bool sends, bool takes, bw_road_work *work, void *context)
{
    struct bw_road_went went = {.status = BW_OK};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0); /* it ended meanwhile */
    }
    work(context, road, sends, takes, &went);
    _exit(code_of(&went));
}

bool
bw_road_child_start(struct bw_road_child *child, int road, bool sends, bool takes,
    bw_road_work *work, void *context, struct bw_road_went *ret_went)
{
    int ends[2] = {-1, -1}, parent = getpid();
    pid_t pid = pipe2(ends, O_CLOEXEC) == 0 ? fork() : -1;
    if (pid == 0) {
        child_do(parent, road, sends, takes, work, context);
    }
    if (pid < 0) {
        (void)close(ends[0]);
        (void)close(ends[1]);
        *ret_went = (struct bw_road_went){.status = BW_OK};
        work(context, road, sends, takes, ret_went);
        return false;
    }
    (void)close(ends[1]);
    *child = (struct bw_road_child){
        .pid = pid, .end_fd = ends[0], .sends = sends, .takes = takes};
    return true;
}

bool
bw_road_child_ended(struct bw_road_child *child, struct bw_road_went *ret_went)
{
    int result = 0;
    if (child->pid == 0 || waitpid(child->pid, &result, WNOHANG) != child->pid) {
        return false;
    }
    (void)close(child->end_fd);
    *child = (struct bw_road_child){.pid = 0};
    *ret_went = went_of(WIFEXITED(result) ? WEXITSTATUS(result) : 0);
    return true;
}

void
bw_road_child_leave(struct bw_road_child *child)
{
    if (child->pid != 0) {
        (void)close(child->end_fd);
        *child = (struct bw_road_child){.pid = 0};
    }
}
