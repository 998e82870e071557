/* Stands before the C library and counts the calls that write below a folder; from one of them on,
   or only there, each fails with an error of the system, or ends the process. Loaded by LD_PRELOAD;
   see faults.py and kills.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[4096];
static long calls, fails_at = -1;
static int fails_with, lasts;

void faults_begin(const char *below, long at, int error, int for_good) {
    snprintf(folder, sizeof folder, "%s/", below);
    calls = 0;
    fails_at = at;
    fails_with = error;
    lasts = for_good;
}

long faults_end(void) {
    folder[0] = 0;
    return calls;
}

static int fails(int at, const char *path) {
    char whole[8192], name[64];
    if (!folder[0] || !path) return 0;
    if (path[0] != '/') {
        if (at == AT_FDCWD) {
            if (!getcwd(whole, 4096)) return 0;
        } else {
            snprintf(name, sizeof name, "/proc/self/fd/%d", at);
            ssize_t length = readlink(name, whole, 4095);
            if (length < 0) return 0;
            whole[length] = 0;
        }
        strcat(whole, "/");
        strncat(whole, path, 4000);
        path = whole;
    }
    if (strncmp(path, folder, strlen(folder))) return 0;
    calls++;
    if (calls == fails_at || (lasts && fails_at >= 0 && calls > fails_at)) {
        if (fails_with < 0) kill(getpid(), SIGKILL);
        errno = fails_with;
        return 1;
    }
    return 0;
}

static int fails_fd(int fd) {
    char path[4096], name[64];
    int before = errno;
    if (!folder[0]) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(name, path, sizeof path - 1);
    errno = before;
    if (length < 0) return 0;
    path[length] = 0;
    return fails(AT_FDCWD, path);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name)

#define WRITES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)
#define MODE mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) {
    REAL(int, "open", const char *, int, ...); MODE
    return (flags & WRITES) && fails(AT_FDCWD, path) ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    REAL(int, "open64", const char *, int, ...); MODE
    return (flags & WRITES) && fails(AT_FDCWD, path) ? -1 : real(path, flags, mode);
}
int openat(int at, const char *path, int flags, ...) {
    REAL(int, "openat", int, const char *, int, ...); MODE
    return (flags & WRITES) && fails(at, path) ? -1 : real(at, path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...) {
    REAL(int, "openat64", int, const char *, int, ...); MODE
    return (flags & WRITES) && fails(at, path) ? -1 : real(at, path, flags, mode);
}

#define ON_FD(type, name, parameters, arguments, ...) \
    type name parameters { REAL(type, #name, __VA_ARGS__); return fails_fd(fd) ? -1 : real arguments; }
#define ON_PATH(name, parameters, arguments, at, path, ...) \
    int name parameters { REAL(int, #name, __VA_ARGS__); return fails(at, path) ? -1 : real arguments; }

ON_FD(ssize_t, write, (int fd, const void *data, size_t n), (fd, data, n), int, const void *, size_t)
ON_FD(ssize_t, pwrite, (int fd, const void *data, size_t n, off_t o), (fd, data, n, o), int,
      const void *, size_t, off_t)
ON_FD(ssize_t, pwrite64, (int fd, const void *data, size_t n, off64_t o), (fd, data, n, o), int,
      const void *, size_t, off64_t)
ON_FD(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n), int, const struct iovec *,
      int)
ON_FD(ssize_t, sendfile, (int fd, int in, off_t *o, size_t n), (fd, in, o, n), int, int, off_t *, size_t)
ON_FD(ssize_t, sendfile64, (int fd, int in, off64_t *o, size_t n), (fd, in, o, n), int, int, off64_t *,
      size_t)
ON_FD(int, ftruncate, (int fd, off_t n), (fd, n), int, off_t)
ON_FD(int, ftruncate64, (int fd, off64_t n), (fd, n), int, off64_t)
ON_FD(int, fsync, (int fd), (fd), int)
ON_FD(int, fdatasync, (int fd), (fd), int)
ON_FD(int, fchmod, (int fd, mode_t mode), (fd, mode), int, mode_t)
ON_FD(int, futimens, (int fd, const struct timespec t[2]), (fd, t), int, const struct timespec *)

ON_PATH(rename, (const char *from, const char *to), (from, to), AT_FDCWD, to, const char *, const char *)
ON_PATH(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), b, to, int,
        const char *, int, const char *)
ON_PATH(renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
        (a, from, b, to, flags), b, to, int, const char *, int, const char *, unsigned)
ON_PATH(link, (const char *from, const char *to), (from, to), AT_FDCWD, to, const char *, const char *)
ON_PATH(linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), b,
        to, int, const char *, int, const char *, int)
ON_PATH(symlink, (const char *from, const char *to), (from, to), AT_FDCWD, to, const char *, const char *)
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, const char *, mode_t)
ON_PATH(mkdirat, (int at, const char *path, mode_t mode), (at, path, mode), at, path, int, const char *,
        mode_t)
ON_PATH(unlink, (const char *path), (path), AT_FDCWD, path, const char *)
ON_PATH(unlinkat, (int at, const char *path, int flags), (at, path, flags), at, path, int, const char *,
        int)
ON_PATH(rmdir, (const char *path), (path), AT_FDCWD, path, const char *)
ON_PATH(chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, const char *, mode_t)
ON_PATH(fchmodat, (int at, const char *path, mode_t mode, int flags), (at, path, mode, flags), at, path,
        int, const char *, mode_t, int)
ON_PATH(utimensat, (int at, const char *path, const struct timespec t[2], int flags),
        (at, path, t, flags), at, path, int, const char *, const struct timespec *, int)
