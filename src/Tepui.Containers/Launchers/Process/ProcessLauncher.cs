using System.Runtime.InteropServices;
using Tepui.Containers.Native;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Launchers.Process;

/// <summary>Starts a program in a session of its own through the C library's <c>posix_spawn</c>: no managed code ever runs between fork and exec. Safe from any thread.</summary>
internal static unsafe class ProcessLauncher
{
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    // Larger than either structure of any C library known.
    private const int NativeStructSize = 1024;
    private const int SignalSetSize = 128;

    /// <summary>Prepared once; <c>posix_spawn</c> only reads it.</summary>
    private static readonly nint Attributes = MakeAttributes();

    private static readonly int DevNull = Libc.Open("/dev/null", Libc.OReadOnly | Libc.OCloseOnExec, 0);

    /// <summary>Starts the process.</summary>
    /// <returns>Its pid, or 0; <paramref name="problem"/> then says why.</returns>
    public static int Start(SupervisorRequest.Types.Launch launch, out string problem)
    {
        if (ResourceLimits.Problem(launch) is { } limits)
        {
            problem = limits;
            return 0;
        }

        int directory = -1, output = -1, error = -1;
        try
        {
            if (!Open(launch.Directory, Libc.OPath | Libc.ODirectory, "sandbox", out directory, out problem)
                || !Open(launch.Output, Libc.OWriteOnly | Libc.OAppend | Libc.OCreate | Libc.ONoFollow, "stdout", out output, out problem)
                || !Open(launch.Error, Libc.OWriteOnly | Libc.OAppend | Libc.OCreate | Libc.ONoFollow, "stderr", out error, out problem))
            {
                return 0;
            }

            var program = ProgramSearch.Find(launch.Program, launch.Environment, launch.Directory, out problem);
            return program is null ? 0 : Start(launch, program, (directory, output, error), out problem);
        }
        finally
        {
            Close(directory);
            Close(output);
            Close(error);
        }
    }

    private static int Start(SupervisorRequest.Types.Launch launch, string program, (int Directory, int Output, int Error) files, out string problem)
    {
        IReadOnlyList<string> arguments = launch.Arguments;
        var wrapped = launch.Limits.Count > 0;
        if (wrapped)
        {
            arguments = ResourceLimits.Wrap(launch, program);
        }

        var path = wrapped ? arguments[0] : program;
        var identity = launch.Identity is { } user && !wrapped
            ? new UserIdentity(user.Name, user.User, user.Group, [.. user.Groups])
            : null;

        int pid, failure;
        try
        {
            (pid, failure) = Spawn(path, arguments, launch.Environment, files, identity);
            if (failure == Libc.ErrNoExec)
            {
                // A script without a first line that names its interpreter: a shell would run it, so we do.
                (pid, failure) = Spawn("/bin/sh", ["sh", program, .. launch.Arguments.Skip(1)], launch.Environment, files, identity);
            }
        }
        catch (IOException rights)
        {
            problem = rights.Message;
            return 0;
        }

        problem = failure == 0 ? "" : Explain(launch, failure);
        return pid;
    }

    private static (int Pid, int Failure) Spawn(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, (int Directory, int Output, int Error) files, UserIdentity? identity)
    {
        using var file = new NativeStrings([path]);
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        var actions = stackalloc byte[NativeStructSize];
        _ = Libc.SpawnActionsInit(actions);
        try
        {
            var unplanned = Libc.SpawnActionsChangeDirectory(actions, files.Directory)
                | Libc.SpawnActionsDup2(actions, DevNull, 0)
                | Libc.SpawnActionsDup2(actions, files.Output, 1)
                | Libc.SpawnActionsDup2(actions, files.Error, 2)
                | Libc.SpawnActionsCloseFrom(actions, 3);
            if (unplanned != 0)
            {
                return (0, unplanned);
            }

            var (name, list, variables, plan) = ((nint)file.Pointers[0], (nint)argv.Pointers, (nint)envp.Pointers, (nint)actions);
            (int, int) Run()
            {
                int pid;
                var failure = Libc.Spawn(&pid, (byte*)name, (byte*)plan, (byte*)Attributes, (byte**)list, (byte**)variables);
                return failure == 0 ? (pid, 0) : (0, failure);
            }

            return identity is null ? Run() : Credentials.RunAs(identity, Run);
        }
        finally
        {
            _ = Libc.SpawnActionsDestroy(actions);
        }
    }

    /// <summary>The C library says only that something failed on the way: the sandbox and the program are told apart by another look.</summary>
    private static string Explain(SupervisorRequest.Types.Launch launch, int failure)
    {
        var who = launch.Identity is { } user ? $" as user '{user.Name}'" : "";
        return failure == Libc.ErrTooBig
            ? $"Failed to execute '{launch.Program}'{who}: its arguments and environment are larger than the system allows"
            : $"Failed to execute '{launch.Program}'{who} in '{launch.Directory}': {Libc.Text(failure)}";
    }

    private static bool Open(string path, int flags, string what, out int fd, out string problem)
    {
        fd = Libc.Open(path, flags | Libc.OCloseOnExec, 0b110_100_000);
        problem = fd < 0 ? $"Failed to open {what} '{path}': {Libc.LastText()}" : "";
        return fd >= 0;
    }

    private static void Close(int fd)
    {
        if (fd >= 0)
        {
            _ = Libc.Close(fd);
        }
    }

    private static nint MakeAttributes()
    {
        var attributes = (byte*)NativeMemory.AllocZeroed(NativeStructSize);
        var none = stackalloc byte[SignalSetSize];
        var all = stackalloc byte[SignalSetSize];
        new Span<byte>(none, SignalSetSize).Clear();
        new Span<byte>(all, SignalSetSize).Fill(0xFF);
        _ = Libc.SpawnAttributesInit(attributes);
        _ = Libc.SpawnAttributesFlags(attributes, SetSession | SetSignalMask | SetSignalDefaults);
        _ = Libc.SpawnAttributesMask(attributes, none);
        _ = Libc.SpawnAttributesDefaults(attributes, all);
        return (nint)attributes;
    }
}
