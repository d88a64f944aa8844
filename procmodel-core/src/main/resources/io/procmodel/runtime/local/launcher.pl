# Starts the dynos of one runtime, tells their ends, and kills them all when its input ends: then the host has died.
#
# Argument: the architecture. Input and output are frames: a length, and fields, each after its length; lengths are 32 bits,
# the highest byte first.
# Requests: start ID DIRECTORY INPUT TERMINAL OUTPUT ERRORS DEAF MOUNT BASE OPTIONS PLACE DOORS VARIABLES
#               (doors, variables as NAME=VALUE, arguments)
#           signal ID NAME, to the process group
# Replies:  ready; started ID PID; failed ID REASON; ended ID STATUS (as waitpid has it)
#
# A page that a fork has made common costs much to write to, more than all else here, so: no modules, what a child needs is
# made before it is forked, and the child makes system calls and little besides.

use strict;

# Linux numbers its calls by architecture.
my @NAMES = qw(openat write close dup3 setsid rt_sigprocmask execve exit_group waitid signalfd4 unshare mount);
my %GENERIC;
@GENERIC{@NAMES} = (56, 64, 57, 24, 157, 135, 221, 94, 95, 74, 97, 40);
my %X86;
@X86{@NAMES} = (257, 1, 3, 292, 112, 14, 59, 231, 247, 289, 272, 165);
my $CALLS = { 'amd64' => \%X86, map { $_ => \%GENERIC } qw(aarch64 riscv64 loongarch64) }->{ $ARGV[0] } || exit 3;
my ($OPENAT, $WRITE, $CLOSE, $DUP3, $SETSID, $SIGPROCMASK, $EXECVE, $EXIT_GROUP, $WAITID, $SIGNALFD4, $UNSHARE, $MOUNT)
    = @$CALLS{@NAMES};

my ($EINTR, $ECHILD, $SIGCHLD, $SIG_SETMASK) = (4, 10, 17, 2);
my ($P_ALL, $WEXITED, $WNOHANG, $WNOWAIT) = (0, 4, 1, 0x01000000);
my ($AT_FDCWD, $O_RDONLY, $O_WRONLY, $O_RDWR, $O_CREAT, $O_TRUNC, $O_CLOEXEC) = (-100, 0, 1, 2, 0100, 01000, 02000000);
my $CLOSED_AT_EXEC_NO_WAITING = 02004000;
my ($ALL_SIGNALS, $NO_SIGNALS) = ("\xff" x 8, "\0" x 8);
my ($CLONE_NEWNS, $CLONE_NEWUSER) = (0x00020000, 0x10000000);
my ($MS_REC, $MS_PRIVATE, $MS_SLAVE) = (1 << 14, 1 << 18, 1 << 19);
my ($MYSELF, $ROOT, $NONE, $OVERLAY) = ("0\n", '/', 'none', 'overlay');
my @ROOT_MAPS = (['setgroups', 'deny'], ['uid_map', "0 $> 1"], ['gid_map', '0 ' . ($) + 0) . ' 1']);
my $SIGINFO_BYTES = 128;
my $READ_BYTES = 65536;
my $REASON_BYTES = 4096;

my (%dyno_of, %pid_of);    # those that have not been waited for: their process ids are nobody else's
my %starting;              # by file descriptor: those that have not become their program yet

$0 = 'procmodel-launcher';
exit 3 if length(pack 'p', undef) != 8;
syscall $SETSID;
chdir '/';
open my $requests, '<&', \*STDIN  or exit 3;
open my $replies,  '>&', \*STDOUT or exit 3;
open STDIN,  '<', '/dev/null' or exit 3;
open STDOUT, '>', '/dev/null' or exit 3;

# What the host ignores, and what perl does, dynos shall not.
$SIG{$_} = 'DEFAULT' for grep { defined $SIG{$_} && $SIG{$_} eq 'IGNORE' } keys %SIG;
my $ends = ends();
reply('ready');
serve();

# Ends of children as something to read: no moment is missed between a look and the wait that follows it. No signal but the
# two that nobody can block does anything to this process.
sub ends {
    syscall($SIGPROCMASK, $SIG_SETMASK, $ALL_SIGNALS, 0, length $ALL_SIGNALS) == 0 or exit 3;
    my $signals = pack 'Q', 1 << $SIGCHLD - 1;
    my $descriptor = syscall $SIGNALFD4, -1, $signals, length $signals, $CLOSED_AT_EXEC_NO_WAITING;
    open my $handle, '<&=', $descriptor or exit 3;
    my $nobody = "\0" x $SIGINFO_BYTES;
    exit 3 if syscall($WAITID, $P_ALL, 0, $nobody, $WEXITED | $WNOHANG | $WNOWAIT, 0) >= 0 || $! != $ECHILD;
    return $handle;
}

sub serve {
    my $received = '';
    while (1) {
        my $ready = '';
        vec($ready, $_, 1) = 1 for fileno $requests, fileno $ends, keys %starting;
        next if select($ready, undef, undef, undef) < 0;
        settle($_) for grep { vec $ready, $_, 1 } keys %starting;
        reap() if vec $ready, fileno $ends, 1;
        next if !vec $ready, fileno $requests, 1;
        my $count = sysread $requests, $received, $READ_BYTES, length $received;
        next if !defined $count && $! == $EINTR;
        finish() if !$count;
        obey($_) for frames(\$received);
    }
}

# Takes the whole frames off what was received.
sub frames {
    my ($received) = @_;
    my @frames;
    while (length $$received >= 4 && length $$received >= 4 + unpack 'N', $$received) {
        push @frames, unpack 'N/a*', $$received;
        substr $$received, 0, 4 + length $frames[-1], '';
    }
    return @frames;
}

sub obey {
    my ($what, $dyno, @rest) = unpack '(N/a*)*', $_[0];
    if ($what eq 'start') {
        start($dyno, @rest);
    } elsif (defined(my $pid = $pid_of{$dyno})) {
        # It leads a group from soon after its birth on.
        kill $rest[0], -$pid or kill $rest[0], $pid;
    }
}

# The child writes a reason into a pipe if it fails; the pipe ends without when it becomes its program.
sub start {
    my ($dyno, $directory, $input, $terminal, $output, $errors, $deaf, @rest) = @_;
    my @mount = splice @rest, 0, 4;
    my ($doors, $variables) = splice @rest, 0, 2;
    my @doors = splice @rest, 0, $doors;
    my @variables = splice @rest, 0, $variables;
    my ($arguments, $environment) = map { pack 'p*', @$_, undef } \@rest, \@variables;
    my $way_out = $O_WRONLY | $O_CREAT | $O_TRUNC;
    my @files = $terminal ? [$input, $O_RDWR, 0, 1, 2]
        : ([$input, $O_RDONLY, 0], [$output, $way_out, 1, $errors eq '' ? 2 : ()], $errors eq '' ? () : [$errors, $way_out, 2]);
    pipe my $failure, my $reason or return reply('failed', $dyno, "cannot make a pipe: $!");
    my $pid = fork;
    return reply('failed', $dyno, "cannot fork: $!") if !defined $pid;
    if ($pid == 0) {
        my $failed = become($directory, \@mount, \@doors, \@files, $deaf, $rest[0], $arguments, $environment);
        syswrite $reason, "$failed: $!";
        syscall $EXIT_GROUP, 127;
    }
    $dyno_of{$pid} = $dyno;
    $pid_of{$dyno} = $pid;
    $starting{ fileno $failure } = [$failure, $dyno, $pid];
}

# In the child. It gives up this process's own pipes, whose ends tell deaths. Its control groups come before the rest: everything
# that is ever started is in them. A mount that fails has left nothing behind, so that it can be tried in another way. Returns
# what has failed.
sub become {
    my ($directory, $mount, $doors, $files, $deaf, $program, $arguments, $environment) = @_;
    syscall $CLOSE, fileno $_ for $requests, $replies;
    syscall $SETSID;
    for my $door (@$doors) {
        put($door, $MYSELF) or return $door;
    }
    if ($mount->[0]) {
        my $failed = mount(@$mount);
        return "cannot mount: $failed" if defined $failed;
    }
    chdir $directory or return $directory;
    for my $file (@$files) {
        my ($path, $flags, @places) = @$file;
        my $opened = syscall $OPENAT, $AT_FDCWD, $path, $flags | $O_CLOEXEC, 0666;
        return $path if $opened < 0;
        for my $place (@places) {
            return $path if syscall($DUP3, $opened, $place, 0) < 0;
        }
    }
    $SIG{$_} = 'IGNORE' for split ' ', $deaf;
    syscall $SIGPROCMASK, $SIG_SETMASK, $NO_SIGNALS, 0, length $NO_SIGNALS;
    syscall $EXECVE, $program, $arguments, $environment;
    return $program;
}

# Writes into a file of the kernel's.
sub put {
    my ($file, $text) = @_;
    my $opened = syscall $OPENAT, $AT_FDCWD, $file, $O_WRONLY | $O_CLOEXEC, 0;
    return $opened >= 0 && syscall($WRITE, $opened, $text, length $text) >= 0 && syscall($CLOSE, $opened) == 0;
}

# Mounts an overlay in a namespace that nobody else sees. Returns what has failed.
sub mount {
    my ($who, $base, $options, $place) = @_;
    my $user = $who eq 'user';
    syscall($UNSHARE, $user ? $CLONE_NEWNS | $CLONE_NEWUSER : $CLONE_NEWNS) == 0 or return 'a namespace';
    for my $map ($user ? @ROOT_MAPS : ()) {
        put("/proc/self/$map->[0]", $map->[1]) or return $map->[0];
    }
    my $propagation = $MS_REC | ($user ? $MS_PRIVATE : $MS_SLAVE);
    syscall($MOUNT, $NONE, $ROOT, 0, $propagation, 0) == 0 or return $ROOT;
    chdir $base or return $base;
    syscall($MOUNT, $OVERLAY, $place, $OVERLAY, 0, $options) == 0 or return $place;
    return undef;
}

# A start has come to its end, well or badly.
sub settle {
    my ($failure, $dyno, $pid) = @{ delete $starting{ $_[0] } };
    if (sysread $failure, my $reason, $REASON_BYTES) {
        delete $pid_of{$dyno};
        $dyno_of{$pid} = '';
        reply('failed', $dyno, $reason);
    } else {
        reply('started', $dyno, $pid);
    }
}

# The group is killed while its leader has not been waited for: until then the id is the group's own.
sub reap {
    sysread $ends, my $information, $SIGINFO_BYTES * 32;
    while (1) {
        my $ended = "\0" x $SIGINFO_BYTES;
        last if syscall($WAITID, $P_ALL, 0, $ended, $WEXITED | $WNOHANG | $WNOWAIT, 0) != 0;
        my $pid = unpack 'x16 l', $ended or last;
        settle($_) for grep { $starting{$_}[2] == $pid } keys %starting;
        kill 'KILL', -$pid;
        waitpid $pid, 0;
        my $dyno = delete $dyno_of{$pid};
        next if $dyno eq '';
        delete $pid_of{$dyno};
        reply('ended', $dyno, $?);
    }
}

sub reply {
    my $frame = pack 'N/a*', pack '(N/a*)*', @_;
    while (length $frame) {
        my $count = syswrite $replies, $frame;
        next if !defined $count && $! == $EINTR;
        finish() if !$count;
        substr $frame, 0, $count, '';
    }
}

# Nobody is there any more: all groups in one go, and leaders that have none yet.
sub finish {
    kill 'KILL', map { (-$_, $_) } keys %dyno_of;
    exit 0;
}
