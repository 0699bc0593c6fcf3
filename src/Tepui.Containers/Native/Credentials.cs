using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Tepui.Containers.Native;

/// <summary>Runs a piece of work with another user's rights. The kernel keeps rights per thread, so the work gets a thread of its own that ends with it: no other work ever sees them.</summary>
internal static unsafe class Credentials
{
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Runs <paramref name="work"/> as the user: user id, group id and all groups.</summary>
    /// <exception cref="IOException">The rights could not be taken; nothing was run.</exception>
    public static T RunAs<T>(UserIdentity identity, Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    Take(identity);
                    result = work();
                }
                catch (Exception caught)
                {
                    failure = ExceptionDispatchInfo.Capture(caught);
                }
            },
            maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = "as-user",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>Raw system calls: the C library's wrappers would change every thread of the process.</summary>
    private static void Take(UserIdentity identity)
    {
        fixed (uint* groups = identity.Groups)
        {
            Check(Libc.Syscall(Arm ? 159 : 116, identity.Groups.Length, (nint)groups, 0, 0), "groups", identity);
        }

        Check(Libc.Syscall(Arm ? 149 : 119, (nint)identity.Group, (nint)identity.Group, (nint)identity.Group, 0), "group", identity);
        Check(Libc.Syscall(Arm ? 147 : 117, (nint)identity.User, (nint)identity.User, (nint)identity.User, 0), "user", identity);
    }

    private static void Check(nint result, string what, UserIdentity identity)
    {
        if (result != 0)
        {
            throw new IOException($"Failed to take the {what} of user '{identity.Name}': {Libc.LastText()}");
        }
    }
}
