namespace Tepui.Coordination.Local;

/// <summary>One open file of a local store.</summary>
public interface IStoreFile : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>Reads up to a buffer of bytes; fewer only at the end of the file.</summary>
    public int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes, growing the file if need be. On an exception any prefix of them may have been written.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts or grows the file.</summary>
    public void SetLength(long length);

    /// <summary>Makes content and length durable.</summary>
    public void Sync();
}
