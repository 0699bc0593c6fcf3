namespace Tepui.Runtime.Files;

/// <summary>Listing and reading of what <see cref="VirtualFiles"/> shows.</summary>
public static class FileReads
{
    /// <summary>Most bytes one read returns.</summary>
    public const int LengthMax = 16 * 4096;

    /// <summary>What lies in a directory, sorted by path; nothing for a plain file; <see langword="null"/> when the path does not exist.</summary>
    public static IReadOnlyList<FileStatus>? List(VirtualFiles files, string path)
    {
        if (files.Resolve(path) is not { } real)
        {
            return null;
        }

        if (!Directory.Exists(real))
        {
            return [];
        }

        var shown = path.TrimEnd('/');
        return
        [
            .. Entries(real)
                .Select(entry => FileStatus.Of(entry, $"{shown}/{Path.GetFileName(entry)}"))
                .OfType<FileStatus>()
                .OrderBy(status => status.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads from a plain file.</summary>
    /// <param name="real">Its real path.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes wanted; <see langword="null"/> for all up to the end. Never more than <see cref="LengthMax"/> are read.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The file's size, and the bytes; <see langword="null"/> when it is gone or may not be read.</returns>
    public static async Task<(long Size, byte[] Data)?> ReadAsync(string real, long offset, long? length, CancellationToken cancel)
    {
        await using var file = TryOpen(real);
        if (file is null)
        {
            return null;
        }

        var size = file.Length;
        var wanted = (int)Math.Clamp(Math.Min(length ?? LengthMax, size - offset), 0, LengthMax);
        var data = new byte[wanted];
        file.Seek(Math.Min(offset, size), SeekOrigin.Begin);
        var read = await file.ReadAtLeastAsync(data, wanted, throwOnEndOfStream: false, cancel);
        return (size, read == wanted ? data : data[..read]);
    }

    /// <summary>
    /// Opens a plain file to be read; <see langword="null"/> when it is gone, may not be read, is no plain file, or its path leads
    /// elsewhere by now: the owner of a sandbox may swap parts of it for links at any time.
    /// </summary>
    /// <param name="real">Its real path, as <see cref="VirtualFiles.Resolve"/> tells it.</param>
    public static FileStream? TryOpen(string real)
    {
        var handle = OpenFile.ForReading(real);
        if (handle is null || !OpenFile.IsPlain(handle) || !string.Equals(OpenFile.PathOf(handle), real, StringComparison.Ordinal))
        {
            handle?.Dispose();
            return null;
        }

        return new FileStream(handle, FileAccess.Read, bufferSize: 0, isAsync: false);
    }

    private static IEnumerable<string> Entries(string directory)
    {
        try
        {
            return Directory.GetFileSystemEntries(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Removed meanwhile, or its owner keeps everybody out: nothing in it can be seen.
            return [];
        }
    }
}
