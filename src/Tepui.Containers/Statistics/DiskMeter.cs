namespace Tepui.Containers.Statistics;

/// <summary>How much the sandboxes take on disk. Walking them is slow, so it is done beside, at most every few minutes, and the last figure given.</summary>
internal sealed class DiskMeter(string workDirectory, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    private readonly EnumerationOptions _walk = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private long _bytes;
    private long _begun;
    private int _isRunning;

    /// <summary>Bytes as last measured.</summary>
    public ulong SandboxBytes
    {
        get
        {
            if ((_begun == 0 || time.GetElapsedTime(_begun) > Interval) && Interlocked.Exchange(ref _isRunning, 1) == 0)
            {
                _begun = time.GetTimestamp();
                _ = Task.Run(Measure);
            }

            return (ulong)Volatile.Read(ref _bytes);
        }
    }

    /// <summary>Share of the filesystem that is full, 0 to 1.</summary>
    public double UsedShare()
    {
        var drive = new DriveInfo(workDirectory);
        return drive.TotalSize == 0 ? 0 : 1 - ((double)drive.AvailableFreeSpace / drive.TotalSize);
    }

    private void Measure()
    {
        try
        {
            var sandboxes = new DirectoryInfo(Path.Combine(workDirectory, "slaves"));
            var sum = 0L;
            if (sandboxes.Exists)
            {
                foreach (var file in sandboxes.EnumerateFiles("*", _walk))
                {
                    sum += Length(file);
                }
            }

            Volatile.Write(ref _bytes, sum);
        }
        catch (IOException)
        {
            // Sandboxes come and go meanwhile; the next walk counts again.
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
