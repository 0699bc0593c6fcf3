namespace Tepui.Containers.Native;

/// <summary>Reads the kernel's small files without streams.</summary>
internal static class ProcFile
{
    /// <summary>Fills the buffer from the file's start.</summary>
    /// <returns>Bytes read; -1 when the file is not there or may not be read.</returns>
    public static unsafe int Read(string path, Span<byte> buffer)
    {
        var fd = Libc.Open(path, Libc.OReadOnly | Libc.OCloseOnExec, 0);
        if (fd < 0)
        {
            return -1;
        }

        try
        {
            var length = 0;
            fixed (byte* start = buffer)
            {
                while (length < buffer.Length)
                {
                    var read = Libc.Read(fd, start + length, (nuint)(buffer.Length - length));
                    if (read < 0)
                    {
                        return length == 0 ? -1 : length;
                    }

                    if (read == 0)
                    {
                        break;
                    }

                    length += (int)read;
                }
            }

            return length;
        }
        finally
        {
            _ = Libc.Close(fd);
        }
    }

    /// <summary>All of a file, growing as needed up to <paramref name="max"/> bytes; empty when it cannot be read.</summary>
    public static byte[] ReadAll(string path, int max = 4 * 1024 * 1024)
    {
        for (var size = 4096; ; size *= 4)
        {
            var buffer = new byte[Math.Min(size, max)];
            var length = Read(path, buffer);
            if (length <= 0)
            {
                return [];
            }

            if (length < buffer.Length || size >= max)
            {
                return buffer[..length];
            }
        }
    }

    /// <summary>Machine's boot id; process ids of another boot mean nothing.</summary>
    public static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
