# Starts the dynos of one runtime, tells their ends, and kills them all when its input ends: then the host has died.
#
# Input and output are frames: a length, and fields, each after its length; lengths are 32 bits, the highest byte first.
# Requests: start ID DIRECTORY INPUT TERMINAL OUTPUT ERRORS DEAF DOORS VARIABLES (doors, names and values, program and arguments);
#           signal ID NAME, to the process group
# Replies:  ready; started ID PID; failed ID REASON; ended ID STATUS (as waitpid has it)

use strict;
use warnings;
use POSIX qw(:errno_h :signal_h :sys_wait_h);

# Linux numbers its calls by machine: signalfd4 and waitid.
my %CALLS = ('x86_64' => [289, 247], map { $_ => [74, 95] } qw(aarch64 riscv64 loongarch64));
my ($SIGNALFD4, $WAITID) = @{ $CALLS{ (POSIX::uname())[4] } || exit 3 };
my ($P_ALL, $WEXITED, $WNOWAIT) = (0, 4, 0x01000000);
my ($SFD_NONBLOCK, $SFD_CLOEXEC) = (04000, 02000000);
my $SIGINFO_BYTES = 128;
my $READ_BYTES = 65536;
my $REASON_BYTES = 4096;
my @IMMUNE_TO = qw(HUP INT QUIT TERM USR1 USR2 PIPE TSTP TTIN TTOU);

my (%dyno_of, %pid_of);    # those that have not been waited for: their process ids are nobody else's
my %starting;              # by file descriptor: those that have not become their program yet

$0 = 'procmodel-launcher';
exit 3 if length(pack 'p', undef) != 8;
POSIX::setsid();
chdir '/';
open my $requests, '<&', \*STDIN  or exit 3;
open my $replies,  '>&', \*STDOUT or exit 3;
open STDIN,  '<', '/dev/null' or exit 3;
open STDOUT, '>', '/dev/null' or exit 3;

# What the host ignores, dynos shall not.
{
    no warnings 'signal';
    $SIG{$_} = 'DEFAULT' for grep { !/^(?:KILL|STOP|NUM3[23])$/ } keys %SIG;
}
$SIG{$_} = 'IGNORE' for @IMMUNE_TO;
my $ends = ends();
reply('ready');
serve();

# Ends of children as something to read: no moment is missed between a look and the wait that follows it.
sub ends {
    sigprocmask(SIG_SETMASK, POSIX::SigSet->new(SIGCHLD)) or exit 3;
    my $signals = pack 'Q', 1 << SIGCHLD - 1;
    my $descriptor = syscall $SIGNALFD4, -1, $signals, length $signals, $SFD_NONBLOCK | $SFD_CLOEXEC;
    open my $handle, '<&=', $descriptor or exit 3;
    my $nobody = "\0" x $SIGINFO_BYTES;
    exit 3 if syscall($WAITID, $P_ALL, 0, $nobody, $WEXITED | WNOHANG | $WNOWAIT, 0) >= 0 || $! != ECHILD;
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
        next if !defined $count && $! == EINTR;
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
    my ($dyno, @what) = @_;
    pipe my $failure, my $reason or return reply('failed', $dyno, "cannot make a pipe: $!");
    my $pid = fork;
    return reply('failed', $dyno, "cannot fork: $!") if !defined $pid;
    become($reason, @what) if $pid == 0;
    $dyno_of{$pid} = $dyno;
    $pid_of{$dyno} = $pid;
    $starting{ fileno $failure } = [$failure, $dyno, $pid];
}

# In the child. Its control groups come first of all: everything that is ever started is in them.
sub become {
    my ($reason, $directory, $input, $terminal, $output, $errors, $deaf, $doors, $variables, @rest) = @_;
    my $fail = sub { syswrite $reason, "$_[0]: $!"; POSIX::_exit(127) };
    close $requests;
    close $replies;
    POSIX::setsid();
    for my $door (splice @rest, 0, $doors) {
        open my $entrance, '>', $door or $fail->($door);
        defined syswrite $entrance, "0\n" or $fail->($door);
    }
    chdir $directory or $fail->($directory);
    open STDIN, $terminal ? '+<' : '<', $input or $fail->($input);
    $terminal ? open STDOUT, '>&', \*STDIN : open STDOUT, '>', $output or $fail->($output);
    $terminal || $errors eq '' ? open STDERR, '>&', \*STDOUT : open STDERR, '>', $errors or $fail->($errors);
    my %ignored = map { $_ => 1 } split ' ', $deaf;
    $SIG{$_} = 'DEFAULT' for grep { !$ignored{$_} } @IMMUNE_TO;
    sigprocmask(SIG_SETMASK, POSIX::SigSet->new());
    %ENV = splice @rest, 0, 2 * $variables;
    no warnings 'exec';
    exec { $rest[0] } @rest or $fail->($rest[0]);
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
        last if syscall($WAITID, $P_ALL, 0, $ended, $WEXITED | WNOHANG | $WNOWAIT, 0) != 0;
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
        next if !defined $count && $! == EINTR;
        finish() if !$count;
        substr $frame, 0, $count, '';
    }
}

# Nobody is there any more: all groups in one go, and leaders that have none yet.
sub finish {
    kill 'KILL', map { (-$_, $_) } keys %dyno_of;
    exit 0;
}
