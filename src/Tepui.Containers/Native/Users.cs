using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Tepui.Containers.Native;

/// <summary>Looks users up in the system's user database.</summary>
internal sealed unsafe class Users
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (UserIdentity Identity, long Taken)> _known = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public Users(TimeProvider time) => _time = time;

    /// <summary>Whether this process may act for other users.</summary>
    public static bool MaySwitch { get; } = Libc.GetEuid() == 0;

    /// <summary>Identity to switch to, or <see langword="null"/> when the name is empty or this process already runs as that user.</summary>
    /// <exception cref="IOException">There is no such user, or this process may not act for it.</exception>
    public UserIdentity? Resolve(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        var identity = Find(name);
        if (identity.User == Libc.GetEuid())
        {
            return null;
        }

        return MaySwitch
            ? identity
            : throw new IOException($"Cannot act as user '{name}': the agent runs as user '{NameOf(Libc.GetEuid())}', and only root can switch users");
    }

    /// <summary>Name of a user id; the number itself when it has none.</summary>
    public static string NameOf(uint user)
    {
        Libc.PasswordEntry entry;
        Libc.PasswordEntry* found;
        var buffer = stackalloc byte[4096];
        return Libc.GetPasswordEntry(user, &entry, buffer, 4096, &found) == 0 && found != null
            ? Marshal.PtrToStringUTF8((nint)entry.Name) ?? user.ToString()
            : user.ToString();
    }

    private UserIdentity Find(string name)
    {
        if (_known.TryGetValue(name, out var kept) && _time.GetElapsedTime(kept.Taken) < KeptFor)
        {
            return kept.Identity;
        }

        var found = LookUp(name);
        _known[name] = (found, _time.GetTimestamp());
        return found;
    }

    private static UserIdentity LookUp(string name)
    {
        const int Size = 64 * 1024;
        Libc.PasswordEntry entry;
        Libc.PasswordEntry* found;
        var buffer = (byte*)NativeMemory.Alloc(Size);
        try
        {
            var error = Libc.GetPasswordEntry(name, &entry, buffer, Size, &found);
            if (error != 0)
            {
                throw new IOException($"Failed to look up user '{name}': {Libc.Text(error)}");
            }

            return found == null
                ? throw new IOException($"No such user '{name}'")
                : new UserIdentity(name, entry.User, entry.Group, Groups(name, entry.Group));
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    private static uint[] Groups(string name, uint first)
    {
        var groups = new uint[64];
        while (true)
        {
            var count = groups.Length;
            fixed (uint* start = groups)
            {
                if (Libc.GetGroupList(name, first, start, &count) >= 0)
                {
                    return groups[..count];
                }
            }

            groups = new uint[Math.Max(count, groups.Length * 2)];
        }
    }
}
