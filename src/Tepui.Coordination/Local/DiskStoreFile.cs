using Microsoft.Win32.SafeHandles;

namespace Tepui.Coordination.Local;

/// <summary>A file on a disk, without buffers of our own.</summary>
internal sealed class DiskStoreFile(string path, FileMode mode) : IStoreFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(_handle, buffer[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What the runtime makes of a file that reached the limit of its filesystem or process (EFBIG): a failure of the disk like any other.
            throw new IOException($"A write of {bytes.Length} bytes at {offset} is beyond the largest size a file may have here (see ulimit -f) : '{path}'", e);
        }
    }

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
