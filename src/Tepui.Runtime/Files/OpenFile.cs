using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tepui.Runtime.Files;

/// <summary>Opening without waiting, and questions to what is open: its answers cannot be changed by renaming or linking.</summary>
internal static partial class OpenFile
{
    private const int ReadOnlyNonBlockingCloseOnExec = 0x800 | 0x80000;
    private const int EmptyPath = 0x1000;

    /// <summary>Opens a path; a pipe nobody writes to does not make it wait.</summary>
    /// <returns>The handle, or <see langword="null"/> when it cannot be opened.</returns>
    public static SafeFileHandle? ForReading(string path)
    {
        var descriptor = Call(path, ReadOnlyNonBlockingCloseOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Whether it is a file with bytes, not a directory, pipe or device.</summary>
    public static bool IsPlain(SafeFileHandle handle) =>
        Statx.TryGet((int)handle.DangerousGetHandle(), "", EmptyPath, out var status) && (status.Mode & 0xF000) == 0x8000;

    /// <summary>Where it really is; of a deleted file, a path that does not exist.</summary>
    public static string PathOf(SafeFileHandle handle) =>
        new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget ?? "";

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(string path, int flags);
}
