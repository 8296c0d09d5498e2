/* Counts the instructions of a program that qemu emulates, into a file that the program
 * can look into while it runs: of any processor, and to the same number at each run.
 *
 *   qemu-aarch64 -plugin libinstructions.so,counter=FILE PROGRAM
 *
 * FILE holds one number of 64 bits, which this machine and the program see at once. It is
 * raised as a piece of code without a jump begins, so it is right to within one of these.
 * Programs of one thread alone: two would lose counts. What is declared here is qemu's
 * interface for plugins, version 1 (its qemu-plugin.h, which Debian doesn't ship). */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb; /* a piece of code without a jump, as it was translated */
struct qemu_info;
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };

#define SEEN_BY_QEMU __attribute__((visibility("default")))

SEEN_BY_QEMU extern const int qemu_plugin_version;
SEEN_BY_QEMU int qemu_plugin_install(
    qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv);

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
    void (*on_translated)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb));
void qemu_plugin_register_vcpu_tb_exec_inline(
    struct qemu_plugin_tb *tb, enum qemu_plugin_op op, void *number, uint64_t by);

const int qemu_plugin_version = 1;

static void *counter;

static void
on_translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(
        tb, QEMU_PLUGIN_INLINE_ADD_U64, counter, qemu_plugin_tb_n_insns(tb));
}

int
qemu_plugin_install(
    qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
    static const char option[] = "counter=";
    (void)info;
    if (argc != 1 || strncmp(argv[0], option, strlen(option)) != 0) {
        fprintf(stderr, "instructions: say counter=FILE\n");
        return 1;
    }
    const char *path = argv[0] + strlen(option);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    void *page = MAP_FAILED;
    if (fd >= 0 && ftruncate(fd, sizeof(uint64_t)) == 0) {
        page = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    }
    if (page == MAP_FAILED) {
        perror(path);
        return 1;
    }
    close(fd);
    counter = page;
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translated);
    return 0;
}
