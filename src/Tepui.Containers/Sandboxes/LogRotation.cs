using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tepui.Containers.Native;

namespace Tepui.Containers.Sandboxes;

/// <summary>Keeps <c>stdout</c> and <c>stderr</c> small: a file above the limit is copied to <c>stdout.1</c> and emptied. Writers append, so they go on at its start; what they write between the last copied byte and the emptying is lost.</summary>
internal sealed class LogRotation(long sizeMax, int rotationsMax)
{
    private const int Chunk = 128 * 1024;

    /// <summary>Looks at both logs of a sandbox.</summary>
    /// <exception cref="IOException">A log could not be copied; it is left as it is.</exception>
    public void Look(string sandbox)
    {
        Look(sandbox, "stdout");
        Look(sandbox, "stderr");
    }

    private void Look(string sandbox, string name)
    {
        var path = Path.Combine(sandbox, name);
        var file = new FileInfo(path);
        if (file.Exists && file.LinkTarget is null && file.Length > sizeMax)
        {
            Rotate(path);
        }
    }

    /// <summary>The sandbox is the task's to change, so no link is followed: neither to what is copied and emptied, nor to where the copy goes.</summary>
    private void Rotate(string path)
    {
        using var log = Open(path, Libc.OReadWrite | Libc.ONonBlock);
        if (rotationsMax > 0)
        {
            for (var i = rotationsMax - 1; i > 0; i--)
            {
                _ = Libc.Rename(Numbered(path, i), Numbered(path, i + 1));
            }

            Copy(log, path);
        }

        RandomAccess.SetLength(log, 0);
    }

    private static void Copy(SafeFileHandle log, string path)
    {
        var draft = path + ".rotating";
        File.Delete(draft);
        using (var copy = Open(draft, Libc.OWriteOnly | Libc.OCreate | OExclusive))
        {
            var buffer = new byte[Chunk];
            var at = 0L;
            for (int count; (count = RandomAccess.Read(log, buffer, at)) > 0; at += count)
            {
                RandomAccess.Write(copy, buffer.AsSpan(0, count), at);
            }
        }

        if (Libc.Rename(draft, Numbered(path, 1)) != 0)
        {
            throw new IOException($"Failed to rename '{draft}': {Libc.LastText()}");
        }
    }

    private const int OExclusive = 0x80;

    private static string Numbered(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");

    private static SafeFileHandle Open(string path, int flags)
    {
        var fd = Libc.Open(path, flags | Libc.OCloseOnExec | Libc.ONoFollow, 0b110_100_100);
        return fd < 0 ? throw new IOException($"Failed to open '{path}': {Libc.LastText()}") : new SafeFileHandle(fd, ownsHandle: true);
    }
}
